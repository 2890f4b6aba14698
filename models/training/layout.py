"""The shape of the net in time, which the trainer, the data and the exporter share."""

SUBSAMPLING = 3
# Time offsets of each hidden layer, in frames of 10 ms. From the second on every third frame is enough.
OFFSETS = ((-2, -1, 0, 1, 2), (-1, 0, 1), *[(-3, 0, 3)] * 3, *[(-6, -3, 0)] * 3)
LEFT = -sum(offsets[0] for offsets in OFFSETS)
RIGHT = sum(offsets[-1] for offsets in OFFSETS)
