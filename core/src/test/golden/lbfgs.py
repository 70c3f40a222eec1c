"""Writes lbfgs.json: a logistic regression with L2, and the loss at its least, which PyTorch's L-BFGS finds in double precision.

    python3 lbfgs.py > ../resources/dev/glia/lbfgs.json
"""
import json
import torch

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(0)
x = torch.randn(60, 3, generator=generator) * torch.tensor([1.0, 5.0, 0.2])
y = (x @ torch.tensor([1.0, -0.3, 4.0]) + torch.randn(60, generator=generator) > 0.5).double()
L2 = 0.01
weight = torch.zeros(3, requires_grad=True)
bias = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.LBFGS(
    [weight, bias], max_iter=500, tolerance_grad=1e-12, tolerance_change=1e-15, line_search_fn="strong_wolfe")


def losses():
    loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ weight + bias, y)
    return loss, loss + L2 / 2 * (weight.square().sum() + bias.square().sum())


def closure():
    optimizer.zero_grad()
    value = losses()[1]
    value.backward()
    return value


optimizer.step(closure)
print(json.dumps({
    "x": x.tolist(), "y": y.tolist(), "l2": L2, "loss": losses()[0].item(), "objective": losses()[1].item(),
    "weight": weight.tolist(), "bias": bias.tolist()}))
