"""Makes the files of NumPy's in this folder: python3 make.py (NumPy 2.4.6)."""

import numpy as np

grid = np.arange(12).reshape(4, 3) - 3
for name, dtype in [
    ("i1", "|i1"), ("i2", "<i2"), ("i4-big", ">i4"), ("i8", "<i8"), ("u1", "|u1"), ("u2-big", ">u2"),
    ("u4", "<u4"), ("u8-big", ">u8"), ("f2", "<f2"), ("f4-big", ">f4"), ("f8", "<f8"),
]:
    values = np.abs(grid) if dtype[1] == "u" else grid / 2 if dtype[1] == "f" else grid
    np.save(name + ".npy", values.astype(dtype))
np.save("b1.npy", grid % 2 == 0)
np.save("fortran.npy", np.asfortranarray(grid.astype("<f8")))
np.save("words.npy", np.array([["rot", "1"], ["blau", "2"], ["grün", "3"]]))
np.save("bytes.npy", np.array([["red", "1"], ["blue", "2"]], dtype="S5"))
np.save("big-words.npy", np.array([["a", "ä"], ["b", "ö"]]).astype(">U2"))
np.save("objects.npy", np.array([[1, "a"], [2, None]], dtype=object))
np.save("structured.npy", np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f8")]))
np.save("one.npy", np.arange(5.0))
np.save("infinite.npy", np.array([[1.0, np.nan, 2], [np.inf, 1e300, 3]]))
for version in [(1, 0), (2, 0), (3, 0)]:
    with open("version%d.npy" % version[0], "wb") as file:
        np.lib.format.write_array(file, grid.astype("<i4"), version=version)

x = np.arange(20.0).reshape(10, 2)
np.savez("plain.npz", X=x, y=np.arange(10) % 2)
np.savez_compressed("words.npz", data=x, labels=np.array(["yes", "no"] * 5))
np.savez("unnamed.npz", np.arange(10) * 1.5, x)
np.savez("others.npz", a=x, b=x, c=x)
np.savez("one-hot.npz", x=x, y=np.eye(2)[np.arange(10) % 2])
np.savez("several.npz", x=x, y=x + 0.5)
np.savez("lengths.npz", x=x, y=np.arange(9))
rng = np.random.default_rng(1)
pictures = rng.integers(0, 256, (12, 4, 3), dtype=np.uint8)
labels = np.arange(12, dtype=np.uint8) % 3
np.savez_compressed(
    "mnist.npz", x_test=pictures[9:], x_train=pictures[:9], y_train=labels[:9], y_test=labels[9:]
)
np.savez("coloured.npz", train_images=np.stack([pictures] * 3, axis=-1), train_labels=labels[:, None])
