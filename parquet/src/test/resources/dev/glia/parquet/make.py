"""Makes the Parquet files in this folder, and values.txt, what they hold as Python has it:
python3 make.py (pyarrow 25.0.1)."""

import datetime as dt
import decimal

import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 40
UTC = dt.timezone.utc
EPOCH = dt.datetime(1970, 1, 1)


def some(values):
    """Every seventh is missing."""
    return [None if i % 7 == 3 else v for i, v in enumerate(values)]


start = dt.datetime(2024, 2, 28, 23, 30)
table = pa.table(
    {
        "int8": pa.array(some(range(-20, 20)), pa.int8()),
        "int16": pa.array([i * 300 - 5000 for i in range(ROWS)], pa.int16()),
        "int32": pa.array(some(i * 1_000_003 for i in range(-20, 20)), pa.int32()),
        "int64": pa.array(some(i * 10**15 for i in range(-20, 20)), pa.int64()),
        "uint8": pa.array(range(200, 240), pa.uint8()),
        "uint16": pa.array(range(65_000, 65_040), pa.uint16()),
        "uint32": pa.array([2**32 - 1 - i for i in range(ROWS)], pa.uint32()),
        "uint64": pa.array([2**63 + i * 2**40 for i in range(ROWS)], pa.uint64()),
        "half": pa.array([i / 8 - 2 for i in range(ROWS)], pa.float16()),
        "float": pa.array(some(i / 4 - 3 for i in range(ROWS)), pa.float32()),
        "double": pa.array(some(i / 3 - 3 for i in range(ROWS)), pa.float64()),
        "bool": pa.array(some(i % 3 == 0 for i in range(ROWS))),
        "text": pa.array(some("größe %d" % (i % 5) for i in range(ROWS))),
        "words": pa.array(some("word %02d" % (i // 2) for i in range(ROWS))).dictionary_encode(),
        "date": pa.array(some(start.date() + dt.timedelta(i) for i in range(ROWS))),
        "millis": pa.array([start + dt.timedelta(0, i / 8) for i in range(ROWS)], pa.timestamp("ms")),
        "micros": pa.array(
            some(start + dt.timedelta(0, i * 777.125) for i in range(ROWS)), pa.timestamp("us", "UTC")
        ),
        "nanos": pa.array([start + dt.timedelta(0, i * 99) for i in range(ROWS)], pa.timestamp("ns")),
        "time": pa.array([dt.time(i % 24, i, i) for i in range(ROWS)], pa.time32("ms")),
        "decimal": pa.array(some(decimal.Decimal(i * 125 - 999) / 100 for i in range(ROWS)), pa.decimal128(9, 2)),
        "large": pa.array([decimal.Decimal(-i * 10**20) / 1000 for i in range(ROWS)], pa.decimal128(38, 3)),
        "nothing": pa.array([None] * ROWS, pa.float64()),
        "null": pa.nulls(ROWS),
        "list": pa.array([[i, i + 1] for i in range(ROWS)]),
        "struct": pa.array([{"a": i, "b": "x"} for i in range(ROWS)]),
        "bytes": pa.array([bytes([255, i]) for i in range(ROWS)]),
        "after": pa.array(range(ROWS), pa.int32()),
    }
)


def shown(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value
    if isinstance(value, dt.datetime):
        return repr((value.replace(tzinfo=None) - EPOCH).total_seconds())
    if isinstance(value, dt.date):
        return repr((value - EPOCH.date()).days * 86400.0)
    if isinstance(value, dt.time):
        return repr(value.hour * 3600.0 + value.minute * 60 + value.second)
    return repr(float(value))


with open("values.txt", "w", encoding="utf-8") as file:
    for name in table.column_names:
        if name in ("list", "struct", "bytes"):
            continue
        column = table.column(name)
        if name == "nanos":
            column = column.cast(pa.timestamp("us"))
        file.write("|".join([name] + [shown(v) for v in column.to_pylist()]) + "\n")

for codec in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]:
    pq.write_table(table, codec + ".parquet", compression=codec)
pq.write_table(table, "groups.parquet", row_group_size=16, data_page_size=64, data_page_version="2.0")
pq.write_table(table, "int96.parquet", use_deprecated_int96_timestamps=True, use_dictionary=False)
flat = table.drop(["list", "struct", "words"])
integers = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "after", "date", "millis"]
pq.write_table(
    flat,
    "encodings.parquet",
    use_dictionary=False,
    compression="none",
    version="2.6",
    column_encoding={name: "DELTA_BINARY_PACKED" for name in integers}
    | {"float": "BYTE_STREAM_SPLIT", "double": "BYTE_STREAM_SPLIT", "half": "BYTE_STREAM_SPLIT"}
    | {"text": "DELTA_BYTE_ARRAY", "bytes": "DELTA_LENGTH_BYTE_ARRAY", "bool": "RLE"},
)
pq.write_table(flat.slice(0, 0), "empty.parquet")

# Larger, so that a packer of pages has more to do than copy.
rng = __import__("random").Random(1)
words = [rng.choice(["alpha", "beta", "gamma", "delta", "epsilon"]) * rng.randrange(1, 4) for _ in range(1500)]
large = pa.table({"w": words, "x": [rng.randrange(1000) * 0.5 for _ in words], "y": range(1500)})
for codec in ["snappy", "gzip", "zstd", "lz4"]:
    pq.write_table(large, "large-%s.parquet" % codec, compression=codec, use_dictionary=False)
for level in [1, 9, 19]:
    pq.write_table(large, "large-zstd-%d.parquet" % level, compression="zstd", compression_level=level, use_dictionary=["w"])
