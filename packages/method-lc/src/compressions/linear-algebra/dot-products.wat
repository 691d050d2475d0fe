;; Dot products of rows with rows, in blocks of 128 numbers a row (1024 bytes): two rows with four at a time, two numbers at once.
;; `npm run build:wasm` in this package writes the bytes of this module into dot-products-module.ts.
(module
  (memory (export "memory") 48)

  ;; Adds the dot product of row i of `x` with row j of `y` to entry j of row i of `to`, whose rows have `stride` bytes. `rows`
  ;; is even, `columns` a multiple of four. With `triangle` 1, of row i only the entries up to i + 1 are sure to be added to.
  (func (export "add")
    (param $x i32) (param $rows i32) (param $y i32) (param $columns i32)
    (param $to i32) (param $stride i32) (param $triangle i32)
    (local $i i32) (local $j i32) (local $limit i32) (local $a i32) (local $b i32) (local $end i32)
    (local $entry i32) (local $x0 v128) (local $x1 v128) (local $y0 v128)
    (local $s00 v128) (local $s01 v128) (local $s02 v128) (local $s03 v128)
    (local $s10 v128) (local $s11 v128) (local $s12 v128) (local $s13 v128)
    (loop $next_rows
      (local.set $limit
        (select
          (i32.add (local.get $i) (i32.const 2))
          (local.get $columns)
          (local.get $triangle)))
      (local.set $end (i32.add (local.get $x) (i32.const 1024)))
      (local.set $j (i32.const 0))
      (loop $next_columns
        (local.set $a (local.get $x))
        (local.set $b (i32.add (local.get $y) (i32.shl (local.get $j) (i32.const 10))))
        (local.set $s00 (v128.const f64x2 0 0))
        (local.set $s01 (v128.const f64x2 0 0))
        (local.set $s02 (v128.const f64x2 0 0))
        (local.set $s03 (v128.const f64x2 0 0))
        (local.set $s10 (v128.const f64x2 0 0))
        (local.set $s11 (v128.const f64x2 0 0))
        (local.set $s12 (v128.const f64x2 0 0))
        (local.set $s13 (v128.const f64x2 0 0))
        (loop $next_numbers
          (local.set $x0 (v128.load (local.get $a)))
          (local.set $x1 (v128.load offset=1024 (local.get $a)))
          (local.set $y0 (v128.load (local.get $b)))
          (local.set $s00 (f64x2.add (local.get $s00) (f64x2.mul (local.get $x0) (local.get $y0))))
          (local.set $s10 (f64x2.add (local.get $s10) (f64x2.mul (local.get $x1) (local.get $y0))))
          (local.set $y0 (v128.load offset=1024 (local.get $b)))
          (local.set $s01 (f64x2.add (local.get $s01) (f64x2.mul (local.get $x0) (local.get $y0))))
          (local.set $s11 (f64x2.add (local.get $s11) (f64x2.mul (local.get $x1) (local.get $y0))))
          (local.set $y0 (v128.load offset=2048 (local.get $b)))
          (local.set $s02 (f64x2.add (local.get $s02) (f64x2.mul (local.get $x0) (local.get $y0))))
          (local.set $s12 (f64x2.add (local.get $s12) (f64x2.mul (local.get $x1) (local.get $y0))))
          (local.set $y0 (v128.load offset=3072 (local.get $b)))
          (local.set $s03 (f64x2.add (local.get $s03) (f64x2.mul (local.get $x0) (local.get $y0))))
          (local.set $s13 (f64x2.add (local.get $s13) (f64x2.mul (local.get $x1) (local.get $y0))))
          (local.set $x0 (v128.load offset=16 (local.get $a)))
          (local.set $x1 (v128.load offset=1040 (local.get $a)))
          (local.set $y0 (v128.load offset=16 (local.get $b)))
          (local.set $s00 (f64x2.add (local.get $s00) (f64x2.mul (local.get $x0) (local.get $y0))))
          (local.set $s10 (f64x2.add (local.get $s10) (f64x2.mul (local.get $x1) (local.get $y0))))
          (local.set $y0 (v128.load offset=1040 (local.get $b)))
          (local.set $s01 (f64x2.add (local.get $s01) (f64x2.mul (local.get $x0) (local.get $y0))))
          (local.set $s11 (f64x2.add (local.get $s11) (f64x2.mul (local.get $x1) (local.get $y0))))
          (local.set $y0 (v128.load offset=2064 (local.get $b)))
          (local.set $s02 (f64x2.add (local.get $s02) (f64x2.mul (local.get $x0) (local.get $y0))))
          (local.set $s12 (f64x2.add (local.get $s12) (f64x2.mul (local.get $x1) (local.get $y0))))
          (local.set $y0 (v128.load offset=3088 (local.get $b)))
          (local.set $s03 (f64x2.add (local.get $s03) (f64x2.mul (local.get $x0) (local.get $y0))))
          (local.set $s13 (f64x2.add (local.get $s13) (f64x2.mul (local.get $x1) (local.get $y0))))
          (local.set $b (i32.add (local.get $b) (i32.const 32)))
          (br_if $next_numbers
            (i32.lt_u
              (local.tee $a (i32.add (local.get $a) (i32.const 32)))
              (local.get $end))))
        ;; The two halves of each sum; two sums side by side.
        (local.set $entry (i32.add (local.get $to) (i32.shl (local.get $j) (i32.const 3))))
        (v128.store (local.get $entry)
          (f64x2.add
            (v128.load (local.get $entry))
            (f64x2.add
              (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $s00) (local.get $s01))
              (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $s00) (local.get $s01)))))
        (v128.store offset=16 (local.get $entry)
          (f64x2.add
            (v128.load offset=16 (local.get $entry))
            (f64x2.add
              (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $s02) (local.get $s03))
              (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $s02) (local.get $s03)))))
        (local.set $entry (i32.add (local.get $entry) (local.get $stride)))
        (v128.store (local.get $entry)
          (f64x2.add
            (v128.load (local.get $entry))
            (f64x2.add
              (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $s10) (local.get $s11))
              (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $s10) (local.get $s11)))))
        (v128.store offset=16 (local.get $entry)
          (f64x2.add
            (v128.load offset=16 (local.get $entry))
            (f64x2.add
              (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $s12) (local.get $s13))
              (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $s12) (local.get $s13)))))
        (br_if $next_columns
          (i32.lt_u
            (local.tee $j (i32.add (local.get $j) (i32.const 4)))
            (local.get $limit))))
      (local.set $x (i32.add (local.get $x) (i32.const 2048)))
      (local.set $to (i32.add (local.get $to) (i32.shl (local.get $stride) (i32.const 1))))
      (br_if $next_rows
        (i32.lt_u
          (local.tee $i (i32.add (local.get $i) (i32.const 2)))
          (local.get $rows))))))
