"""What is written in Kaldi's encoding can be read back."""

from __future__ import annotations

import numpy as np
import pytest

from models.training import kaldi
from models.training.kaldi import Reader


def test_a_matrix_loses_less_than_a_level() -> None:
    values = np.random.default_rng(1).normal(size=(7, 11)).astype(np.float32)
    back = Reader(kaldi.matrix(values)).matrix()
    assert back.shape == values.shape
    assert np.abs(back - values).max() <= (values.max() - values.min()) / 65_535
    assert kaldi.matrix(back) == kaldi.matrix(values)


def test_a_matrix_of_one_value_is_kept() -> None:
    assert Reader(kaldi.matrix(np.full((2, 3), 0.25, np.float32))).matrix() == pytest.approx(np.full((2, 3), 0.25))


def test_vectors_and_numbers_come_back() -> None:
    values = np.array([1.5, -2.0, 0.1], np.float32)
    reader = Reader(b"<Before> " + kaldi.int32(-7) + b"<Here> " + kaldi.vector(values) + kaldi.int32(3))
    reader.skip_to("<Here>")
    assert np.array_equal(reader.vector(), values)
    assert reader.int32() == 3


def test_the_bytes_are_kaldis() -> None:
    """Written down from Kaldi's io-funcs-inl.h and compressed-matrix.h."""
    assert kaldi.int32(258) == b"\x04\x02\x01\x00\x00"
    assert kaldi.int_vector([1, 2]) == b"\x04\x02\0\0\0" + b"\x01\0\0\0\x02\0\0\0"
    assert kaldi.matrix(np.array([[0, 1]], np.float32)) == (
        b"CM2 " + b"\0\0\0\0" + b"\0\0\x80\x3f" + b"\x01\0\0\0\x02\0\0\0" + b"\0\0\xff\xff"
    )


def test_what_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="no <Nnet3>"):
        Reader(b"something else ").skip_to("<Nnet3>")
    with pytest.raises(ValueError, match="FV where CM2 should be"):
        Reader(kaldi.vector(np.zeros(2, np.float32))).matrix()
