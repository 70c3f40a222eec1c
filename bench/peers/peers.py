"""The peers that Glia is measured against: the same workloads in NumPy, JAX, PyTorch, scikit-learn and ONNX Runtime.

    python peers.py WORKLOAD PEER [--data-dir DIR] [--samples 5] [--threads N]

prints one line of JSON a figure, with the fields of `glia bench --json`. Workloads, in float32 but for the articles' own
code, which computes in float64:

    A        an epoch of 784-16-10, ReLU, sigmoid, squared error, SGD 0.1, batches of 64, 46,900 rows of MNIST (seconds)
    B        an epoch of 784-512-256-10, ReLU, softmax cross entropy, Adam 0.001, batches of 128, the same rows (seconds)
    C        updates of 2-16-16-1, leaky ReLU, sigmoid, binary cross entropy, SGD, 150 rows in one batch (updates a second)
    one      one row through 784-16-10 (microseconds)
    many     10,000 rows through 784-16-10 (rows a second)
    product  matrix products at the sizes of B (GFLOP/s)

A peer named ...-ordered does not shuffle: its batches are cut before the first epoch and always come in the same order, as
with `glia bench --no-shuffle`. Putting the rows of a batch together takes NumPy and JAX about as long as computing with them.

A peer whose package is not installed ends with status 3 and a sentence.

This file serves comparisons only; Glia itself never needs Python.
"""

import argparse
import gzip
import json
import os
import statistics
import sys
import time

MISSING = 3  # the exit status where a peer's package is not installed

ARGUMENTS = argparse.ArgumentParser(description="Measures a peer on one of Glia's workloads.")
ARGUMENTS.add_argument("workload", choices=["A", "B", "C", "one", "many", "product"])
ARGUMENTS.add_argument("peer", nargs="?", help="without it: print the names of the peers")
ARGUMENTS.add_argument(
    "--data-dir",
    default=os.environ.get("GLIA_DATA") or os.path.expanduser("~/.cache/glia"),
    help="folder that holds mnist/; default: GLIA_DATA, else ~/.cache/glia",
)
ARGUMENTS.add_argument("--samples", type=int, default=5)
ARGUMENTS.add_argument("--threads", type=int, default=os.cpu_count())
OPTIONS = ARGUMENTS.parse_args()
if OPTIONS.samples < 1 or OPTIONS.threads < 1:
    ARGUMENTS.error("--samples and --threads must be at least 1")

# Each library has a setting of its own, JAX none that holds: taking away the other processors holds for all.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(OPTIONS.threads)
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: OPTIONS.threads])

try:
    import numpy as np  # (the numbers of threads are read at the import)
except ModuleNotFoundError:
    print("peers.py needs NumPy.", file=sys.stderr)
    sys.exit(MISSING)

ROWS = 46_900
UPDATES = 2_000  # of workload C in a sample
PRODUCTS = [  # rows, steps, columns, whether the left matrix is read transposed, as for a gradient
    (128, 784, 512, False),
    (128, 512, 256, False),
    (128, 256, 512, False),
    (784, 128, 512, True),
    (512, 128, 256, True),
    (1024, 1024, 1024, False),
]


# ---------------------------------------------------------------------------------------------------------------- data


def idx(folder, name):
    path = os.path.join(folder, "mnist", name)
    packed = os.path.exists(path + ".gz")
    if not packed and not os.path.exists(path):
        sys.exit(f"There is no {path}: --data-dir says where MNIST lies, `glia data fetch mnist` downloads it.")
    with gzip.open(path + ".gz") if packed else open(path, "rb") as file:
        return np.frombuffer(file.read(), np.uint8)


def mnist(dtype):
    """46,900 of the 70,000 digits, scaled to 0..1, and their labels one-hot."""
    pixels = np.concatenate(
        [idx(OPTIONS.data_dir, f"{part}-images-idx3-ubyte")[16:] for part in ("train", "t10k")]
    ).reshape(-1, 784)
    labels = np.concatenate([idx(OPTIONS.data_dir, f"{part}-labels-idx1-ubyte")[8:] for part in ("train", "t10k")])
    rows = np.random.RandomState(42).permutation(len(pixels))[-ROWS:]
    return (pixels[rows] / 255).astype(dtype), np.eye(10, dtype=dtype)[labels[rows]]


def moons(dtype):
    random = np.random.RandomState(0)
    angle = np.linspace(0, np.pi, 75)
    x = np.concatenate(
        [np.stack([np.cos(angle), np.sin(angle)], 1), np.stack([1 - np.cos(angle), 0.5 - np.sin(angle)], 1)]
    )
    x += random.normal(0, 0.2, x.shape)
    return x.astype(dtype), np.repeat([0, 1], 75).astype(dtype)


def weights(sizes, dtype, seed=0):
    random = np.random.RandomState(seed)
    return [
        ((random.randn(i, o) * np.sqrt(2 / i)).astype(dtype), np.zeros(o, dtype)) for i, o in zip(sizes, sizes[1:])
    ]


# ------------------------------------------------------------------------------------------------------------- measure


def sample(run, warm=1):
    """Seconds of each run, after some that do not count."""
    for _ in range(warm):
        run()
    seconds = []
    for _ in range(OPTIONS.samples):
        begin = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - begin)
    return seconds


NETWORKS = {"A": "784-16-10", "B": "784-512-256-10", "C": "2-16-16-1", "one": "784-16-10", "many": "784-16-10"}


def say(unit, values, **more):
    line = {"event": "bench", "workload": OPTIONS.workload, "peer": OPTIONS.peer}
    if OPTIONS.workload in NETWORKS:
        line["network"] = NETWORKS[OPTIONS.workload]
    if OPTIONS.workload in ("A", "B"):
        line["data"] = "mnist"
        line["rows"] = ROWS
        line["shuffle"] = not OPTIONS.peer.endswith("-ordered") and OPTIONS.peer != "article"
    if OPTIONS.workload == "C":
        line |= {"data": "moons", "rows": 150}
    line |= more
    line |= {"threads": OPTIONS.threads, "unit": unit}
    line |= {"median": statistics.median(values), "min": min(values), "samples": values}
    print(json.dumps(line), flush=True)


# --------------------------------------------------------------------------------------------------------------- NumPy


def batches(x, y, size, random):
    """The batches of an epoch: in a new order, or without a random stream as the rows stand, which copies nothing."""
    starts = range(0, len(x), size)
    if random is None:
        return [(x[i : i + size], y[i : i + size]) for i in starts]
    order = random.permutation(len(x))
    return ((x[rows], y[rows]) for rows in (order[i : i + size] for i in starts))


def numpy_a(dtype, article=False, shuffle=True):
    x, y = mnist(dtype)
    layers = [[w, b] for w, b in weights([784, 16, 10], dtype)]
    random = np.random.RandomState(1) if shuffle else None

    def update(xb, yb):
        (w1, b1), (w2, b2) = layers
        m = len(xb)
        z1 = xb @ w1 + b1
        a1 = np.maximum(0, z1)
        z2 = a1 @ w2 + b2
        a2 = 1 / (1 + np.exp(-z2))
        if article:
            s = 1 / (1 + np.exp(-z2))  # the article computes the sigmoid anew
            d2 = 2 * (a2 - yb) * s * (1 - s)
        else:
            d2 = (a2 - yb) * a2 * (1 - a2) * dtype(2 / m)
        over = m if article else 1
        gw2, gb2 = a1.T @ d2 / over, d2.sum(0) / over
        d1 = d2 @ w2.T
        d1[z1 <= 0] = 0
        gw1, gb1 = xb.T @ d1 / over, d1.sum(0) / over
        if article:
            d1 @ w1.T  # which nobody reads
        for p, g in ((w1, gw1), (b1, gb1), (w2, gw2), (b2, gb2)):
            p -= dtype(0.1) * g

    def article_epoch():
        for xb, yb in zip(np.array_split(x, ROWS // 64), np.array_split(y, ROWS // 64)):
            update(xb, yb)

    def epoch():
        for xb, yb in batches(x, y, 64, random):
            update(xb, yb)

    return sample(article_epoch if article else epoch)


def numpy_b(shuffle=True):
    x, y = mnist(np.float32)
    p = [v for layer in weights([784, 512, 256, 10], np.float32) for v in layer]
    m = [np.zeros_like(v) for v in p]
    v = [np.zeros_like(w) for w in p]
    random = np.random.RandomState(1) if shuffle else None
    step = 0

    def epoch():
        nonlocal step
        for xb, yb in batches(x, y, 128, random):
            z1 = xb @ p[0] + p[1]
            a1 = np.maximum(z1, 0)
            z2 = a1 @ p[2] + p[3]
            a2 = np.maximum(z2, 0)
            z3 = a2 @ p[4] + p[5]
            e = np.exp(z3 - z3.max(1, keepdims=True))
            d3 = (e / e.sum(1, keepdims=True) - yb) / np.float32(len(xb))
            d2 = (d3 @ p[4].T) * (z2 > 0)
            d1 = (d2 @ p[2].T) * (z1 > 0)
            g = [xb.T @ d1, d1.sum(0), a1.T @ d2, d2.sum(0), a2.T @ d3, d3.sum(0)]
            step += 1
            for i in range(6):
                m[i] = np.float32(0.9) * m[i] + np.float32(0.1) * g[i]
                v[i] = np.float32(0.999) * v[i] + np.float32(0.001) * g[i] * g[i]
                rate = np.float32(0.001 / (1 - 0.9**step))
                p[i] -= rate * m[i] / (np.sqrt(v[i]) * np.float32((1 - 0.999**step) ** -0.5) + np.float32(1e-8))

    return sample(epoch)


def numpy_c(dtype):
    x, y = moons(dtype)
    y = y[:, None]
    p = [v for layer in weights([2, 16, 16, 1], dtype) for v in layer]
    slope, rate = dtype(0.05), dtype(0.25)

    def updates():
        for _ in range(UPDATES):
            z1 = x @ p[0] + p[1]
            a1 = np.where(z1 > 0, z1, slope * z1)
            z2 = a1 @ p[2] + p[3]
            a2 = np.where(z2 > 0, z2, slope * z2)
            a3 = 1 / (1 + np.exp(-(a2 @ p[4] + p[5])))
            d3 = (a3 - y) / dtype(len(x))
            d2 = (d3 @ p[4].T) * np.where(z2 > 0, dtype(1), slope)
            d1 = (d2 @ p[2].T) * np.where(z1 > 0, dtype(1), slope)
            for q, g in zip(p, (x.T @ d1, d1.sum(0), a1.T @ d2, d2.sum(0), a2.T @ d3, d3.sum(0))):
                q -= rate * g

    return sample(updates)


def article_c():
    """The second article's operations: a gradient for every example, made by a loop over the inputs."""
    x, y = moons(np.float64)
    layers = [[w.T.copy(), b] for w, b in weights([2, 16, 16, 1], np.float64)]  # [nodes][inputs]
    m = len(x)

    def updates():
        for _ in range(UPDATES // 10):
            a, z = [x.T], []
            for i, (w, b) in enumerate(layers):
                s = (np.array(np.dot(a[-1].T, w.T)) + b).T
                z.append(s)
                a.append(np.where(s > 0, s, s * 0.05) if i < 2 else 1 / (1 + np.exp(-1 * s)))
            rest = 1 - a[3]
            rest = np.where(rest == 0, rest + 0.0000001, rest)
            -1 * (1 / m) * np.sum(y * np.log(a[3]) + (1 - y) * np.log(rest))
            da = -y / a[3] + (1 - y) / (1 - a[3])
            for i in (2, 1, 0):
                dz = a[3] * (1 - a[3]) if i == 2 else np.where(z[i] <= 0, 0.05, 1.0)
                dz = dz * da
                dw = (1 / m) * np.array([row * dz for row in a[i]]).reshape(a[i].shape[0], dz.shape[0], m)
                db = 1 * (1 / m) * dz
                dw = np.clip(np.nan_to_num(dw, nan=0.0), -1, 1)
                db = np.clip(np.nan_to_num(db, nan=0.0), -1, 1)
                da = np.sum(dw, axis=-2).reshape(a[i].shape)
                layers[i][0] = layers[i][0] - 0.25 * np.sum(dw, axis=-1).T
                layers[i][1] = layers[i][1] - 0.25 * np.sum(np.sum(db, axis=-1), axis=-1)

    return [seconds * 10 for seconds in sample(updates)]


def numpy_infer(rows):
    x = np.random.RandomState(0).rand(rows, 784).astype(np.float32)
    (w1, b1), (w2, b2) = weights([784, 16, 10], np.float32)
    repeat = 200 if rows > 1 else 20_000

    def run():
        for _ in range(repeat):
            1 / (1 + np.exp(-(np.maximum(x @ w1 + b1, 0) @ w2 + b2)))

    return [s / repeat for s in sample(run)]


# ----------------------------------------------------------------------------------------------------------------- JAX


def jax_module():
    os.environ["XLA_FLAGS"] = f"--xla_cpu_multi_thread_eigen={'true' if OPTIONS.threads > 1 else 'false'}"
    import jax

    return jax


def jax_forward(jnp, p, x, slope, output):
    for w, b in p[:-1]:
        z = x @ w + b
        x = jnp.where(z > 0, z, slope * z)
    return output(x @ p[-1][0] + p[-1][1])


def jax_epoch(sizes, size, loss, optimizer, shuffle):
    """A whole epoch in one jitted call: a scan over its batches, whose rows are gathered if they are shuffled.

    A scan's steps are alike, so the last rows that do not fill a batch are left out (one in a thousand).
    """
    jax = jax_module()
    jnp = jax.numpy
    x, y = (jnp.asarray(v) for v in mnist(np.float32))
    p = [tuple(jnp.asarray(v) for v in layer) for layer in weights(sizes, np.float32)]
    count = ROWS // size
    gradient = jax.grad(lambda p, xb, yb: loss(jax, jnp, p, xb, yb))
    state, change = optimizer(jax, jnp, p)

    def update(carry, xb, yb):
        p, state = carry
        return change(p, gradient(p, xb, yb), state), None

    # Arguments, not constants of the compiled function: XLA would try to fold those.
    @jax.jit
    def shuffled(p, state, key, x, y):
        order = jax.random.permutation(key, ROWS)[: count * size].reshape(count, size)
        return jax.lax.scan(lambda carry, rows: update(carry, x[rows], y[rows]), (p, state), order)[0]

    @jax.jit
    def ordered(p, state, key, x, y):
        return jax.lax.scan(lambda carry, batch: update(carry, *batch), (p, state), (x, y))[0]

    epoch = shuffled if shuffle else ordered
    if not shuffle:  # cut once, before the first epoch
        x, y = (v[: count * size].reshape(count, size, -1) for v in (x, y))

    key = jax.random.PRNGKey(0)

    def run():
        nonlocal p, state, key
        key, sub = jax.random.split(key)
        p, state = epoch(p, state, sub, x, y)
        jax.block_until_ready(p)

    return sample(run)


def jax_sgd(rate):
    def make(jax, jnp, p):
        return 0, lambda p, g, s: (jax.tree.map(lambda a, b: a - rate * b, p, g), s)

    return make


def jax_adam(jax, jnp, p):
    zeros = jax.tree.map(jnp.zeros_like, p)

    def change(p, g, state):
        m, v, t = state
        t = t + 1
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
        rate = 0.001 / (1 - 0.9**t)
        scale = (1 - 0.999**t) ** -0.5
        p = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) * scale + 1e-8), p, m, v)
        return p, (m, v, t)

    return (zeros, zeros, jnp.float32(0)), change


def jax_a(shuffle=True):
    def loss(jax, jnp, p, x, y):
        return jnp.sum((jax_forward(jnp, p, x, 0.0, jax.nn.sigmoid) - y) ** 2) / x.shape[0]

    return jax_epoch([784, 16, 10], 64, loss, jax_sgd(0.1), shuffle)


def jax_b(shuffle=True):
    def loss(jax, jnp, p, x, y):
        return -jnp.sum(y * jax_forward(jnp, p, x, 0.0, jax.nn.log_softmax)) / x.shape[0]

    return jax_epoch([784, 512, 256, 10], 128, loss, jax_adam, shuffle)


def jax_c():
    jax = jax_module()
    jnp = jax.numpy
    x, y = (jnp.asarray(v) for v in moons(np.float32))
    p = [tuple(jnp.asarray(v) for v in layer) for layer in weights([2, 16, 16, 1], np.float32)]

    def loss(p):
        z = jax_forward(jnp, p, x, 0.05, lambda z: z)[:, 0]
        return jnp.mean(jnp.maximum(z, 0) - y * z + jnp.log1p(jnp.exp(-jnp.abs(z))))

    @jax.jit
    def updates(p):
        def body(p, _):
            return jax.tree.map(lambda a, g: a - 0.25 * g, p, jax.grad(loss)(p)), None

        return jax.lax.scan(body, p, None, length=UPDATES)[0]

    def run():
        nonlocal p
        p = jax.block_until_ready(updates(p))

    return sample(run)


def jax_infer(rows):
    jax = jax_module()
    jnp = jax.numpy
    x = jnp.asarray(np.random.RandomState(0).rand(rows, 784).astype(np.float32))
    p = [tuple(jnp.asarray(v) for v in layer) for layer in weights([784, 16, 10], np.float32)]
    predict = jax.jit(lambda x: jax_forward(jnp, p, x, 0.0, jax.nn.sigmoid))
    repeat = 200 if rows > 1 else 5_000

    def run():
        for _ in range(repeat):
            predict(x).block_until_ready()

    return [s / repeat for s in sample(run)]


# ------------------------------------------------------------------------------------------------------------- PyTorch


def torch_model(sizes, hidden):
    import torch

    torch.set_num_threads(OPTIONS.threads)
    layers = []
    for i, o in zip(sizes, sizes[1:]):
        layers += [torch.nn.Linear(i, o), hidden()]
    return torch, torch.nn.Sequential(*layers[:-1])


def torch_epoch(sizes, size, loss, optimizer):
    import torch.nn as nn

    torch, model = torch_model(sizes, nn.ReLU)
    x, y = (torch.from_numpy(v) for v in mnist(np.float32))
    change = optimizer(torch, model.parameters())

    def epoch():
        for rows in torch.randperm(ROWS).split(size):
            change.zero_grad()
            loss(torch, model(x[rows]), y[rows]).backward()
            change.step()

    return sample(epoch)


def torch_a():
    def loss(torch, z, y):
        return ((torch.sigmoid(z) - y) ** 2).sum() / len(y)

    return torch_epoch([784, 16, 10], 64, loss, lambda torch, p: torch.optim.SGD(p, 0.1))


def torch_b():
    def loss(torch, z, y):
        return torch.nn.functional.cross_entropy(z, y)

    return torch_epoch([784, 512, 256, 10], 128, loss, lambda torch, p: torch.optim.Adam(p, 0.001))


def torch_c():
    import torch.nn as nn

    torch, model = torch_model([2, 16, 16, 1], lambda: nn.LeakyReLU(0.05))
    x, y = (torch.from_numpy(v) for v in moons(np.float32))
    change = torch.optim.SGD(model.parameters(), 0.25)

    def updates():
        for _ in range(UPDATES // 10):
            change.zero_grad()
            torch.nn.functional.binary_cross_entropy_with_logits(model(x)[:, 0], y).backward()
            change.step()

    return [seconds * 10 for seconds in sample(updates)]


# -------------------------------------------------------------------------------------------------- scikit-learn, ONNX


def sklearn_epoch(sizes, size, **how):
    """Always a softmax and its cross entropy: scikit-learn has no other loss for classes."""
    from sklearn.neural_network import MLPClassifier

    x, y = mnist(np.float32)
    labels = y.argmax(1)
    net = MLPClassifier(sizes, batch_size=size, alpha=0, **how)
    return sample(lambda: net.partial_fit(x, labels, classes=np.arange(10)))


def onnx_infer(rows):
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    (w1, b1), (w2, b2) = weights([784, 16, 10], np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Gemm", ["x", "w1", "b1"], ["z1"]),
            helper.make_node("Relu", ["z1"], ["a1"]),
            helper.make_node("Gemm", ["a1", "w2", "b2"], ["z2"]),
            helper.make_node("Sigmoid", ["z2"], ["y"]),
        ],
        "mlp",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 784])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, 10])],
        [numpy_helper.from_array(v, n) for v, n in ((w1, "w1"), (b1, "b1"), (w2, "w2"), (b2, "b2"))],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = OPTIONS.threads
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    x = np.random.RandomState(0).rand(rows, 784).astype(np.float32)
    repeat = 200 if rows > 1 else 20_000

    def run():
        for _ in range(repeat):
            session.run(None, {"x": x})

    return [s / repeat for s in sample(run)]


def openblas():
    """The products through NumPy's OpenBLAS, in GFLOP/s."""
    random = np.random.RandomState(0)
    for rows, steps, columns, transposed in PRODUCTS:
        a = random.rand(steps, rows).astype(np.float32).T if transposed else random.rand(rows, steps).astype(np.float32)
        b = random.rand(steps, columns).astype(np.float32)
        c = np.empty((rows, columns), np.float32)
        work = 2 * rows * steps * columns
        repeat = max(1, int(4e9 / work))

        def run(a=a, b=b, c=c, repeat=repeat):
            for _ in range(repeat):
                np.dot(a, b, c)

        say("GFLOP/s", [1e-9 * work * repeat / s for s in sample(run)], size=f"{rows}x{steps}x{columns}")


PEERS = {
    "A": {
        "article": lambda: numpy_a(np.float64, article=True),
        "numpy": lambda: numpy_a(np.float32),
        "numpy-ordered": lambda: numpy_a(np.float32, shuffle=False),
        "jax": jax_a,
        "jax-ordered": lambda: jax_a(shuffle=False),
        "torch": torch_a,
        "sklearn": lambda: sklearn_epoch((16,), 64, solver="sgd", learning_rate_init=0.1, momentum=0),
    },
    "B": {
        "numpy": numpy_b,
        "numpy-ordered": lambda: numpy_b(shuffle=False),
        "jax": jax_b,
        "jax-ordered": lambda: jax_b(shuffle=False),
        "torch": torch_b,
        "sklearn": lambda: sklearn_epoch((512, 256), 128, learning_rate_init=0.001),
    },
    "C": {"article": article_c, "numpy": lambda: numpy_c(np.float32), "jax": jax_c, "torch": torch_c},
    "one": {"numpy": lambda: numpy_infer(1), "jax": lambda: jax_infer(1), "onnx": lambda: onnx_infer(1)},
    "many": {
        "numpy": lambda: numpy_infer(10_000),
        "jax": lambda: jax_infer(10_000),
        "onnx": lambda: onnx_infer(10_000),
    },
    "product": {"openblas": openblas},
}


def main():
    peers = PEERS[OPTIONS.workload]
    if OPTIONS.peer is None:
        print("\n".join(peers))
        return
    if OPTIONS.peer not in peers:
        sys.exit(f"There is no peer {OPTIONS.peer} for {OPTIONS.workload}: choose one of {', '.join(peers)}.")
    try:
        seconds = peers[OPTIONS.peer]()
    except ModuleNotFoundError as missing:
        print(f"{OPTIONS.peer} is left out: the package {missing.name} is not installed.", file=sys.stderr)
        sys.exit(MISSING)
    if OPTIONS.workload in ("A", "B"):
        say("seconds", seconds)
    elif OPTIONS.workload == "C":
        say("updates/s", [UPDATES / s for s in seconds])
    elif OPTIONS.workload == "one":
        say("microseconds", [1e6 * s for s in seconds])
    elif OPTIONS.workload == "many":
        say("rows/s", [10_000 / s for s in seconds])


main()
