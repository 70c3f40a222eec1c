"""Writes schedules.json: what each schedule multiplies the learning rate by, update by update, as torch.optim.lr_scheduler has it.

    python3 schedules.py > ../resources/dev/glia/schedules.json

Glia's inv_scaling has no counterpart in PyTorch: a LambdaLR has its formula. The plateau hears of a loss after every epoch.
"""
import json
import torch
from torch.optim import lr_scheduler as lr

EPOCHS, BATCHES = 12, 5
UPDATES = EPOCHS * BATCHES
LOSSES = [3.0, 2.0, 2.5, 1.9999, 1.9, 1.95, 1.91, 1.9, 1.8, 1.8, 1.8, 1.8]


def factors(make, each_epoch, losses=None):
    """The factor of every update, of a schedule that steps after each epoch or after each update."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = make(optimizer)
    result = []
    for epoch in range(EPOCHS):
        for _ in range(BATCHES):
            result.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            if not each_epoch:
                schedule.step()
        if each_epoch:
            schedule.step(*([LOSSES[epoch]] if losses else []))
    return result


def warm(optimizer, epochs, make):
    n = epochs * BATCHES
    return lr.ChainedScheduler([lr.LinearLR(optimizer, 1 / n, 1, n - 1), make(optimizer)])


print(json.dumps({
    "epochs": EPOCHS,
    "batches": BATCHES,
    "losses": LOSSES,
    "factors": {
        "constant": factors(lambda o: lr.ConstantLR(o, 1.0), True),
        "step(5,0.3)": factors(lambda o: lr.StepLR(o, 5, 0.3), True),
        "exponential(0.8)": factors(lambda o: lr.ExponentialLR(o, 0.8), True),
        "cosine": factors(lambda o: lr.CosineAnnealingLR(o, UPDATES), False),
        "cosine(0.1)": factors(lambda o: lr.CosineAnnealingLR(o, UPDATES, 0.1), False),
        "one_cycle": factors(lambda o: lr.OneCycleLR(o, 1.0, UPDATES), False),
        "one_cycle(0.5,10,100)": factors(
            lambda o: lr.OneCycleLR(o, 1.0, UPDATES, pct_start=0.5, div_factor=10, final_div_factor=100), False),
        "inv_scaling(0.7)": factors(lambda o: lr.LambdaLR(o, lambda t: (t + 1) ** -0.7), False),
        "plateau(0.5,2,0.01,0)": factors(
            lambda o: lr.ReduceLROnPlateau(o, factor=0.5, patience=2, threshold=0.01), True, LOSSES),
        "plateau(0.1,0,0.0001,0.002)": factors(
            lambda o: lr.ReduceLROnPlateau(o, factor=0.1, patience=0, min_lr=0.002), True, LOSSES),
        "warm_up(2,cosine)": factors(
            lambda o: warm(o, 2, lambda p: lr.CosineAnnealingLR(p, UPDATES)), False),
    },
}))
