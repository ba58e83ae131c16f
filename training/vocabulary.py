"""The pruned vocabulary: the pieces that frequent words of Turkish, English and Arabic need, and single characters."""

from collections.abc import Iterable

from tokenizers import Tokenizer, models
from wordfreq import top_n_list

from encoder import Pretrained
from vakanuvis.words import lower_turkish

LANGUAGES, FREQUENT = ("tr", "en", "ar"), 400_000
# The Unicode blocks whose single characters are kept: Latin with extensions, Arabic, digits, punctuation, marks.
BLOCKS = ((0x20, 0x24F), (0x300, 0x36F), (0x600, 0x6FF), (0x1E00, 0x1EFF), (0x2010, 0x2050), (0x20A0, 0x20BF))


def _title(word: str, language: str) -> str:
    first = "İ" if language == "tr" and word[0] == "i" else word[0].upper()
    return first + word[1:]


def frequent_forms() -> Iterable[str]:
    """Word forms as the extraction room makes them: after a blank, in lower and title case."""
    for language in LANGUAGES:
        for word in top_n_list(language, FREQUENT):
            word = lower_turkish(word) if language == "tr" else word
            yield "▁" + word
            yield "▁" + _title(word, language)


def kept_pieces(source: Pretrained, more: Iterable[str]) -> list[int]:
    """Rows of the vocabulary to keep, in order; the special pieces first. `more`: word forms to cover besides."""
    whole = Tokenizer(models.Unigram(source.pieces, unk_id=source.unk))
    keep = {source.bos, source.pad, source.eos, source.unk}
    forms = list(dict.fromkeys([*frequent_forms(), *more]))
    for at in range(0, len(forms), 50_000):
        for encoded in whole.encode_batch(forms[at : at + 50_000], add_special_tokens=False):
            keep.update(encoded.ids)
    for row, (piece, _) in enumerate(source.pieces):
        bare = piece.removeprefix("▁")
        if len(bare) <= 1 and (not bare or any(low <= ord(bare) <= high for low, high in BLOCKS)):
            keep.add(row)
    special = [source.bos, source.pad, source.eos, source.unk]
    return special + sorted(keep - set(special))
