import fc from 'fast-check';

// In CI property tests take the same path every time, so that a change is judged by what it changed. Elsewhere each run
// looks at new cases; PARE_PROPERTY_RUNS makes it look at more of them.
if (process.env.CI) fc.configureGlobal({ seed: 20261121 });
if (process.env.PARE_PROPERTY_RUNS) {
  fc.configureGlobal({
    ...fc.readConfigureGlobal(),
    numRuns: Number(process.env.PARE_PROPERTY_RUNS),
  });
}
