"""The reader over a token classifier: a tiny one, trained here; skipped where transformers and torch are not installed."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from little_ground import PUBLISHED, ground

from marsad.model import Claim, Measure, ReportId, Text, Wrong
from marsad.readers.with_transformers import ClassifierReader
from marsad.stage import Rejection

INSTALLED = find_spec("transformers") is not None and find_spec("torch") is not None
needs_transformers = pytest.mark.skipif(not INSTALLED, reason="needs transformers and torch")

LABELS = ("O", "B-KILLED", "I-KILLED", "B-INJURED", "I-INJURED")
LESSONS = (
    ("Raids killed at least 12 people in the town", "O O B-KILLED I-KILLED I-KILLED I-KILLED O O O"),
    ("Mines hurt 30 farmers in the town", "O O B-INJURED I-INJURED O O O"),
    ("The town saw 12 trucks", "O O O O O"),
)
"""What the classifier learns by heart: who is counted, and who was hurt. Words of our own."""


def _made(folder: Path, labels: tuple[str, ...]) -> tuple[Any, Any]:
    """Return a tiny classifier with random weights and a tokenizer that knows the words of the lessons."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast

    blank, other = "[PAD]", "[UNK]"
    words = [blank, other, *dict.fromkeys(word for text, _ in LESSONS for word in text.split())]
    core = Tokenizer(models.WordLevel({word: n for n, word in enumerate(words)}, unk_token=other))
    core.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=core, pad_token=blank, unk_token=other)
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    names = dict(enumerate(labels))
    ids = {label: n for n, label in names.items()}
    config = BertConfig(vocab_size=len(words), id2label=names, label2id=ids, max_position_embeddings=512, **sizes)
    tokenizer.model_max_length = 512
    tokenizer.save_pretrained(folder)
    return BertForTokenClassification(config), tokenizer


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a classifier that knows its lessons by heart."""
    import torch

    torch.manual_seed(7)
    torch.set_num_threads(1)
    path = tmp_path_factory.mktemp("counts")
    model, tokenizer = _made(path, LABELS)
    steps = torch.optim.Adam(model.parameters(), lr=0.01)
    model.train()
    for _ in range(60):
        for text, labels in LESSONS:
            wanted = torch.tensor([[LABELS.index(label) for label in labels.split()]])
            steps.zero_grad()
            model(**tokenizer(text, return_tensors="pt"), labels=wanted).loss.backward()
            steps.step()
    model.save_pretrained(path, safe_serialization=True)
    return path


def found(folder: Path, text: str, lang: str = "en") -> list[Claim | Rejection]:
    return list(ClassifierReader.loaded(str(folder), ground()).read(Text(ReportId("r"), text, PUBLISHED, None, lang)))


@pytest.mark.skipif(INSTALLED, reason="transformers is installed")
def test_without_transformers_the_message_names_the_extra() -> None:
    """Nothing is imported before it is asked for; then the message says what to install."""
    with pytest.raises(Wrong, match=r"pip install 'marsad\[hf\]'"):
        ClassifierReader.loaded("counts", ground())


@needs_transformers
def test_labelled_words_are_claims_and_marsad_reads_their_number(folder: Path) -> None:
    """Two sentences, two measures; the bound comes from the words, the score from the model."""
    text = "Raids killed at least 12 people in the town.\n\nMines hurt 30 farmers in the town."
    killed, injured = found(folder, text)
    assert isinstance(killed, Claim)
    assert isinstance(injured, Claim)
    assert (killed.text, killed.measure, killed.low, killed.high) == ("at least 12 people", Measure.KILLED, 12, None)
    assert (injured.text, injured.measure, injured.low) == ("30 farmers", Measure.INJURED, 30)
    assert text[injured.start : injured.end] == injured.text
    assert 0.5 < killed.score <= 1
    assert killed.rule.startswith(f"hf;{folder.name};weights-")


@needs_transformers
def test_labelled_words_without_a_number_are_a_rejection(folder: Path) -> None:
    """A model that points at people without counting them has found nothing."""
    (rejection,) = found(folder, "Raids killed people")
    assert isinstance(rejection, Rejection)
    assert "no whole number stands in the words labelled killed" in rejection.reason
    assert rejection.value is not None
    assert "people" in rejection.value


@needs_transformers
def test_long_sentences_and_other_languages_break_nothing(folder: Path) -> None:
    """A sentence of more tokens than the model holds is read in windows; what has no lexicon is a rejection."""
    long = "Raids killed at least 12 people in the town " + "and the town " * 600
    assert any(isinstance(f, Claim) and f.low == 12 for f in found(folder, long))
    (rejection,) = found(folder, "x", "xx")
    assert isinstance(rejection, Rejection)


@needs_transformers
def test_a_classifier_of_something_else_is_refused(tmp_path: Path) -> None:
    """Labels that are no measures say nothing of people who were harmed."""
    model, _ = _made(tmp_path, ("O", "B-PER", "I-PER"))
    model.save_pretrained(tmp_path, safe_serialization=True)
    with pytest.raises(Wrong, match="none of which is a measure"):
        ClassifierReader.loaded(str(tmp_path), ground())


@needs_transformers
def test_weights_that_are_a_program_are_not_opened(tmp_path: Path) -> None:
    """A pickle may run anything when it is loaded; a name of a model on a hub is fetched by nobody."""
    (tmp_path / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    for given in (str(tmp_path), "somebody/some-model"):
        with pytest.raises(Wrong, match=r"is no folder with model\.safetensors"):
            ClassifierReader.loaded(given, ground())
