/** The absl releases of 2023 to 2025; their date is part of every symbol. */
const abslReleases = [20230125, 20230802, 20240116, 20240722, 20250127, 20250512, 20250814];

const inRelease = (template: (prefix: string) => string): string =>
  abslReleases.map((date) => template(`_ZN4absl12lts_${date}`)).join('\n');

/** Name of absl::SetMinLogLevel behind the prefix of a release. */
const setter = '14SetMinLogLevelENS0_18LogSeverityAtLeastE';

/**
 * C++ that is compiled into the binding, so that TensorFlow prints errors only unless
 * TF_CPP_MIN_LOG_LEVEL asks for more. Two things need it. Worker threads: their `process.env` never
 * reaches C, so the level is set here once more. And start-up notes: while the libraries are being
 * loaded absl prints everything until its log is initialised, which only Python does. The binding
 * comes first in the symbol search of what it loads, so its answer to "is the log initialised?"
 * counts. With an absl that is not listed the notes just stay.
 */
export const quietStartSource = `
#include <cstdlib>

static int level() {
  const char* value = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  return value == nullptr ? 2 : std::atoi(value);
}

extern "C" {
${inRelease((prefix) => `bool ${prefix}12log_internal13IsInitializedEv() { return level() > 0; }`)}
${inRelease((prefix) => `__attribute__((weak)) void ${prefix}${setter}(int);`)}
}

__attribute__((constructor)) static void quiet_start() {
${inRelease((prefix) => `  if (${prefix}${setter} != nullptr) ${prefix}${setter}(level());`)}
}
`;
