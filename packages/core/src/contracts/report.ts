/** A table for people and machines. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly {
    readonly key: string;
    readonly title: string;
    readonly unit?: string;
  }[];
  readonly rows: readonly Readonly<Record<string, string | number>>[];
}

/** What a method or stage has to say: numbers by name and tables. */
export interface Report {
  readonly values: Readonly<Record<string, number | string>>;
  readonly tables: readonly ReportTable[];
}
