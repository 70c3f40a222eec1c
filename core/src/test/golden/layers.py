"""Writes layers.json: small networks with batch normalisation, scale and dropout, and what PyTorch makes of them in double precision.

    python3 layers.py > ../resources/dev/glia/layers.json

For each: the first outputs, loss and gradients of a batch; the loss after each of five steps of SGD; the arrays and the predictions
after them. Glia's own random numbers say what a dropout leaves out: the formulas of Noise.java stand below a second time.
"""
import json
import torch

torch.set_default_dtype(torch.float64)
MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
NOISE = 0  # the seed of a training's noise, which the gradient check takes, too


def mix(z):
    a = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    b = ((a ^ (a >> 27)) * 0x94D049BB133111EB) & MASK
    return b ^ (b >> 31)


def key(seed, update, layer):
    first = mix((seed + GOLDEN) & MASK)
    second = mix((first + update + GOLDEN) & MASK)
    return mix((second + layer + GOLDEN) & MASK)


def bits(key_, row, unit):
    row_key = mix((key_ + (row + 1) * GOLDEN) & MASK) >> 32
    h = (row_key + unit * 0x9E3779B9) & 0xFFFFFFFF
    h ^= h >> 16
    h = (h * 0x85EBCA6B) & 0xFFFFFFFF
    h ^= h >> 13
    h = (h * 0xC2B2AE35) & 0xFFFFFFFF
    return h ^ (h >> 16)


class Scale(torch.nn.Module):
    def __init__(self, features):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.ones(features))

    def forward(self, x):
        return x * self.weight


class Dropout(torch.nn.Module):
    """torch.nn.functional.dropout with a given mask."""

    def __init__(self, share, layer):
        super().__init__()
        self.share, self.layer, self.update = share, layer, 0

    def forward(self, x):
        if not self.training:
            return x
        k = key(NOISE, self.update, self.layer)
        limit = round(self.share * 2**32)
        kept = [[float(bits(k, r, u) >= limit) for u in range(x.shape[1])] for r in range(x.shape[0])]
        return x * torch.tensor(kept) / (1 - self.share)


class KerasBatchNorm(torch.nn.Module):
    """keras.layers.BatchNormalization: momentum is the share of the old, the running variance is not corrected."""

    def __init__(self, features, momentum=0.99, epsilon=1e-3):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.ones(features))
        self.bias = torch.nn.Parameter(torch.zeros(features))
        self.register_buffer("running_mean", torch.zeros(features))
        self.register_buffer("running_var", torch.ones(features))
        self.momentum, self.epsilon = momentum, epsilon

    def forward(self, x):
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean, var = x.mean(0), x.var(0, unbiased=False)
            with torch.no_grad():
                self.running_mean.mul_(self.momentum).add_((1 - self.momentum) * mean)
                self.running_var.mul_(self.momentum).add_((1 - self.momentum) * var)
        return self.weight * (x - mean) / torch.sqrt(var + self.epsilon) + self.bias


def single(x):
    """As the engine has it: its first numbers are floats."""
    return x.to(torch.float32).to(torch.float64)


def case(name, layers, modules, loss, rows, inputs, outputs, rate, classes=False):
    torch.manual_seed(len(name))
    net = torch.nn.Sequential(*modules)
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(single(p + 0.3 * torch.randn_like(p)))
    x = single(torch.randn(rows, inputs))
    y = torch.eye(outputs)[torch.arange(rows) % outputs] if classes else single(torch.randn(rows, outputs))

    def value(out):
        if classes:
            return -(y * torch.log_softmax(out, 1)).sum(1).mean()
        return ((out - y) ** 2).mean()

    def drop(update):
        for m in net:
            if isinstance(m, Dropout):
                m.update = update

    before = {k: v.clone().tolist() for k, v in net.state_dict().items() if "num_batches" not in k}
    optimizer = torch.optim.SGD(net.parameters(), lr=rate)
    result = {"name": name, "layers": layers, "loss": loss, "inputs": inputs, "rate": rate}
    result.update(x=x.tolist(), y=y.tolist(), before=before, losses=[])
    for update in range(5):
        net.train()
        drop(update)
        optimizer.zero_grad()
        out = net(x)
        if update == 0:
            result["first_loss"] = value(out).item()
        value(out).backward()
        if update == 0:
            result["gradients"] = {k: p.grad.tolist() for k, p in net.named_parameters()}
        optimizer.step()
        net.eval()
        with torch.no_grad():
            result["losses"].append(value(net(x)).item())
    result["after"] = {k: v.tolist() for k, v in net.state_dict().items() if "num_batches" not in k}
    with torch.no_grad():
        out = net(x)
        result["predictions"] = (torch.softmax(out, 1) if classes else out).tolist()
    return result


nn = torch.nn
cases = [
    case(
        "batch normalisation between dense layers",
        "7:tanh,batch_norm,3:identity",
        [nn.Linear(5, 7), nn.Tanh(), nn.BatchNorm1d(7), nn.Linear(7, 3)],
        "mse", 9, 5, 3, 0.1),
    case(
        "batch normalisation first, and wider than a panel",
        "batch_norm(0.3,0.01),19:relu,batch_norm,4:softmax",
        [nn.BatchNorm1d(18, momentum=0.3, eps=0.01), nn.Linear(18, 19), nn.ReLU(), nn.BatchNorm1d(19), nn.Linear(19, 4)],
        "cross_entropy", 11, 18, 4, 0.1, True),
    case(
        "Keras' batch normalisation",
        "6:sigmoid,keras_batch_norm,2:identity",
        [nn.Linear(3, 6), nn.Sigmoid(), KerasBatchNorm(6), nn.Linear(6, 2)],
        "mse", 8, 3, 2, 0.1),
    case(
        "scale first",
        "scale,6:relu,3:softmax",
        [Scale(20), nn.Linear(20, 6), nn.ReLU(), nn.Linear(6, 3)],
        "cross_entropy", 10, 20, 3, 0.1, True),
    case(
        "dropout first and between",
        "dropout(0.2),18:tanh,dropout,2:identity",
        [Dropout(0.2, 0), nn.Linear(4, 18), nn.Tanh(), Dropout(0.5, 2), nn.Linear(18, 2)],
        "mse", 7, 4, 2, 0.05),
    case(
        "all of them",
        "scale,17:relu,batch_norm,dropout(0.25),5:tanh,batch_norm,2:softmax",
        [Scale(3), nn.Linear(3, 17), nn.ReLU(), nn.BatchNorm1d(17), Dropout(0.25, 3), nn.Linear(17, 5), nn.Tanh(),
         nn.BatchNorm1d(5), nn.Linear(5, 2)],
        "cross_entropy", 12, 3, 2, 0.05, True),
]
print(json.dumps({"torch": torch.__version__, "cases": cases}, indent=None))
