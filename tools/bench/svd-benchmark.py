"""LAPACK's singular value decomposition in numpy of the float32 matrix of a file; prints one line of JSON.

Arguments: file, rows, columns, terms (not used: it finds all), steps. float32 throughout, with the vectors.
"""

import json
import os
import sys
import time

for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[name] = "1"

try:
    import numpy as np
except ImportError as error:
    sys.exit(f"{sys.executable}: {error}. Run: {sys.executable} -m pip install numpy")

rows, columns, _, steps = map(int, sys.argv[2:])
matrix = np.fromfile(sys.argv[1], dtype="<f4").reshape(rows, columns)


def fastest(run):
    best = [float("inf"), float("inf")]
    for _ in range(steps):
        start, used = time.perf_counter(), time.process_time()
        run()
        best[0] = min(best[0], 1000 * (time.perf_counter() - start))
        best[1] = min(best[1], 1000 * (time.process_time() - used))
    return {"milliseconds": best[0], "cpu": best[1]}


print(
    json.dumps(
        {
            **fastest(lambda: np.linalg.svd(matrix, full_matrices=False)),
            "valuesOnly": fastest(lambda: np.linalg.svd(matrix, compute_uv=False)),
            "values": np.linalg.svd(matrix.astype(np.float64), compute_uv=False).tolist(),
        }
    )
)
