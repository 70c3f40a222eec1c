"""Prints what bench/run has measured as Markdown: medians, and how many times as fast Glia is.

    python3 table.py FILE.jsonl...

Needs the standard library only.
"""

import json
import statistics
import sys

LESS_IS_BETTER = ("seconds", "microseconds")


def read(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                try:
                    if line.strip():
                        yield json.loads(line)
                except ValueError as wrong:
                    sys.exit(f"{path}, line {number}: not JSON ({wrong}).")


def figure(value):
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def table(header, rows):
    print()
    print("| " + " | ".join(header) + " |")
    print("|" + " --- |" * len(header))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")


def grouped(lines, key):
    """Lines of the same key, from several rounds, in the order in which the keys came first."""
    groups = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return groups


def median(lines):
    """Of the rounds' medians: a round that something disturbed does not count more than others."""
    return statistics.median(line["median"] for line in lines)


def who(line):
    return line.get("peer", "glia")


def task(line):
    """What was to be done; lines of the same task are compared."""
    return line["workload"], line.get("size"), line.get("data"), line.get("rows"), line.get("shuffle", True)


def compare(lines):
    rows = []
    for (workload, size, data, _, shuffle), same in grouped(lines, task).items():
        figures = grouped(same, lambda line: (who(line), line["threads"]))
        glias = {threads: median(lines) for (name, threads), lines in figures.items() if name == "glia"}
        for (name, threads), lines in figures.items():
            unit = lines[0]["unit"]
            value = median(lines)
            # Glia on as many threads; a task too small to share has one figure for all.
            glia = glias.get(threads) or (glias[max(glias)] if glias else None)
            ratio = ""
            if glia and name != "glia":
                ratio = figure(value / glia if unit in LESS_IS_BETTER else glia / value)
            what = " ".join(filter(None, (workload, size, data, None if shuffle else "in order")))
            samples = [sample for line in lines for sample in line["samples"]]
            spread = f"{figure(min(samples))} to {figure(max(samples))}"
            rows.append((what, name, threads, figure(value), unit, spread, ratio))
    if rows:
        table(("workload", "who", "threads", "median", "unit", "samples", "Glia is faster by"), rows)


def scaling(lines):
    rows = []
    for (workload, data, count, network, threads), same in grouped(
        lines, lambda line: (line["workload"], line["data"], line["rows"], line["network"], line["threads"])
    ).items():
        sizes = [int(size) for size in network.split("-")]
        parameters = sum((i + 1) * o for i, o in zip(sizes, sizes[1:]))
        value = median(same)
        rows.append((workload, data, f"{count:,}", network, threads, figure(value), figure(1e9 * value / count / parameters)))
    if rows:
        header = ("workload", "data", "rows", "network", "threads", "seconds an epoch", "ns for a row and a parameter")
        table(header, rows)


def main():
    if len(sys.argv) < 2:
        sys.exit("Usage: table.py FILE.jsonl...")
    try:
        events = grouped(read(sys.argv[1:]), lambda line: line.get("event"))
    except OSError as wrong:
        sys.exit(f"{wrong.filename}: {wrong.strerror}.")
    for machine in events.get("machine", []):
        print(
            f"{machine['date']}, commit {machine['commit']}: {machine['processors']} processors, {machine['processor']};"
            f" {machine['system']}; {machine['glia']}; {machine['python'] or 'no Python'}. `{machine['command']}`"
        )
    compare(events.get("bench", []))
    scaling(events.get("scaling", []))
    memory = [line["resident"] for line in events.get("memory", [])]
    if memory:
        print(f"\n`glia train mnist` takes {statistics.median(memory):,.0f} MB of memory.")


main()
