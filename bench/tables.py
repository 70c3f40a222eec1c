#!/usr/bin/env python3
"""Trains on a folder of tables and says how good and how fast that was.

Usage: bench/tables.py DIR [OPTION OF glia train ...]

DIR holds adult.csv, diamonds.csv, wa_churn.csv, ames.csv, satellite.csv and wine_white.csv, the target in the last
column. A quarter of the rows is tested on, seeds 0 and 1 (scikit-learn's train_test_split with that random_state,
stratified for classes); accuracy or R2 and seconds are the means of both.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

NUMBERS = ("diamonds", "ames", "wine_white")
TABLES = ("adult", "diamonds", "wa_churn", "ames", "satellite", "wine_white")
GLIA = pathlib.Path(__file__).resolve().parent.parent / "glia"


def train(file, numbers, seed, options):
    with tempfile.TemporaryDirectory() as folder:
        words = [GLIA, "train", file, "--test-fraction", "0.25", "--split-seed", str(seed), "--json"]
        words += ["--task", "number"] if numbers else ["--stratify"]
        words += ["--out", f"{folder}/m.safetensors", *options]
        out = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
    result = json.loads(out.splitlines()[-1])
    return result["test_r2" if numbers else "test_accuracy"], result["training_seconds"]


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    scores = []
    for table in TABLES:
        file = pathlib.Path(sys.argv[1]) / f"{table}.csv"
        runs = [train(file, table in NUMBERS, seed, sys.argv[2:]) for seed in (0, 1)]
        score, seconds = (sum(figures) / len(runs) for figures in zip(*runs))
        scores.append(score)
        print(f"{table:12} {score:.4f} {seconds:6.1f} s", flush=True)
    print(f"{'mean':12} {sum(scores) / len(scores):.4f}")


main()
