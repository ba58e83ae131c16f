from __future__ import annotations

import random
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from vakanuvis.extraction.tokens import Subwords

WORDS = [f"w{number}" for number in range(500)]


def test_threads_share_a_memory_that_is_often_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Subwords, "_REMEMBER", 300)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    subwords = Subwords(Tokenizer(WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="w0")))

    def right(seed: int) -> bool:
        forms = random.Random(seed).sample(WORDS, 200)
        return subwords(forms) == [(int(form[1:]),) for form in forms]

    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(right, range(1_000)))
    finally:
        sys.setswitchinterval(usual)
