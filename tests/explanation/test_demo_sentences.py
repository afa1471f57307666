"""The demo of each call: every request that is not funded has sentences that could be sent."""

import re
import shutil
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from clact_model import explanation, paths, simulation
from clact_model.allocation import Line, Settings, run
from clact_model.explanation import Places, Trial, explain
from clact_model.programme import load_all
from clact_model.store import Base

DAYS = tomllib.loads((paths.DEMO_FOLDER / "jours.toml").read_text(encoding="utf-8"))
CODE_WORD = re.compile(r"\b\w+_\w+\b|\{|\}|None|NULL")
SAMPLE = 5
"""Requests of the waiting list whose changes are looked for: each takes some tenths of a second."""


@cache
def programmes():
    return load_all().programmes


@pytest.fixture(scope="module")
def base(received, tmp_path_factory):
    opened = Base(Path(shutil.copy(received, tmp_path_factory.mktemp("demo"))))
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=sorted(load_all().programmes))
def call(request, base) -> tuple[list[Line], Places, Decimal]:
    """The lines of a demo by dossier, their places, and an envelope too small for them."""
    programme = programmes()[request.param]
    cursor, day = base.cursor(), DAYS[programme.id]["jour"]
    lines = simulation.prepare(cursor, programme, date.fromisoformat(str(day)), "dossier").lines
    places = explanation.read_places(cursor, "dossier")
    stated = programme.file.enveloppe or Decimal(DAYS[programme.id]["enveloppe"])
    return lines, places, (stated * Decimal("0.7")).quantize(Decimal("0.01"))


def test_every_request_that_is_not_funded_has_sentences_that_could_be_sent(call):
    lines, places, enveloppe = call
    settings = Settings(enveloppe)
    out = [outcome for outcome in run(lines, settings).lines if not outcome.funded]
    waiting = [outcome for outcome in out if outcome.statut == "liste_attente"]
    others = [outcome for outcome in out if outcome.statut != "liste_attente"]
    assert {outcome.statut for outcome in out} >= {"liste_attente", "refuse", "en_attente_instruction"}
    for outcome in [*waiting[:: max(1, len(waiting) // SAMPLE)], *others]:
        text = explain(Trial(lines, settings, outcome.line.key, places)).texte
        assert text.startswith("La demande, de ")
        assert text.endswith(".")
        assert "€" in text
        assert not CODE_WORD.search(text), text


def test_moving_no_line_gives_back_the_order_of_the_programme(call):
    lines, places, enveloppe = call
    placed = sorted((line for line in lines if line.position), key=lambda line: line.position or 0)
    for line in placed[::10]:
        ladder = Trial(lines, Settings(enveloppe), line.key, places).ladder
        assert ladder is not None
        assert [own.key for own in ladder.moved(line.score or Decimal(0))] == [own.key for own in placed]
