"""scikit-learn's KMeans on the float32 weights of a file, as the authors of LC call it; prints one line of JSON.

Arguments: file, centroids, restarts.
"""

import json
import sys
import time

try:
    import numpy as np
    from sklearn.cluster import KMeans
except ImportError as error:
    sys.exit(f"{sys.executable}: {error}. Run: {sys.executable} -m pip install scikit-learn")

path, centroids, restarts = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
# The authors' vectors are float64.
weights = np.fromfile(path, dtype="<f4").astype(np.float64).reshape(-1, 1)


def peak():
    try:
        import resource
    except ImportError:
        return 0  # Windows
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 if sys.platform == "darwin" else 1024
    )


before = peak()
start, used = time.perf_counter(), time.process_time()
model = KMeans(
    n_clusters=centroids, n_init=restarts, max_iter=300, tol=1e-10, random_state=1
).fit(weights)
compressed = model.cluster_centers_[model.labels_]
print(
    json.dumps(
        {
            "milliseconds": 1000 * (time.perf_counter() - start),
            "cpu": 1000 * (time.process_time() - used),
            "error": float(((weights - compressed) ** 2).sum()),
            "added": peak() - before,
        }
    )
)
