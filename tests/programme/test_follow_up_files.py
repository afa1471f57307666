"""What a programme file says of payments and deadlines: read as written, refused in French when it contradicts itself."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clact_model.programme import Programme, ProgrammeError, check_text, differences, load_all, shifted
from clact_model.programme.loading import read

MINIMAL = Path(__file__).parent / "minimal"
GOOD = "petit_equipement_2026"
QUOTE = '{ source = "petit_equipement_2026.txt", texte = "accompagne chaque achat" }'
DAY = """
[parametres.dernier_jour]
libelle = "Dernier jour"
type = "date"
valeur = 2027-12-31
"""
PAYMENT = """
[paiement]
libelle = "En deux fois"
mode = "tranches"
tranches = [
  { libelle = "Signature", part = 0.60, a = "signature" },
  { libelle = "Premier bilan", part = 0.40, a = "bilan", annee = 1 },
]
"""
CONTROL = f"""
[[controle.echeance]]
nature = "consommation"
libelle = "Subvention consommée"
le = "$dernier_jour"
citation = {QUOTE}

[[controle.echeance]]
nature = "bilan"
libelle = "Bilan annuel"
chaque_annee = {{ jour = 29, mois = 2 }}
citation = {QUOTE}

[[controle.echeance]]
nature = "demarrage"
libelle = "Commencé dans les six mois"
mois = 6
apres = "convention"
interpretation = "Une lecture."

[controle.annulation]
libelle = "Action annulée"
rend = "tout"
citation = {QUOTE}

[controle.recuperation]
libelle = "Sur titre"
par = "reversement"
citation = {QUOTE}
"""
TEXT = (MINIMAL / f"{GOOD}.toml").read_text(encoding="utf-8").rstrip() + "\n" + DAY + PAYMENT + CONTROL

WRONG = {
    # what is wrong: (words of the good text, what stands in their place, the part named, words of the sentence)
    "mode inconnu": ('mode = "tranches"', 'mode = "en_trois_fois"', "paiement", "« en_trois_fois »"),
    "parts qui ne font pas 1": ("part = 0.60", "part = 0.50", "paiement", "ne font pas 1"),
    "part nulle": ("part = 0.60", "part = 0", "paiement", "« part » ne peut pas valoir 0"),
    "tranche qui n'attend rien": (', a = "signature"', "", "paiement", "la clé « a » manque"),
    "tranche qui attend l'inconnu": ('a = "signature"', 'a = "printemps"', "paiement", "« printemps »"),
    "bilan sans année": (", annee = 1", "", "paiement", "« annee » va avec"),
    "signature avec année": ('a = "signature"', 'a = "signature", annee = 1', "paiement", "« annee » va avec"),
    "tranches d'un autre mode": ('mode = "tranches"', 'mode = "unique"', "paiement", "« tranches » ne va qu'avec"),
    "tranches absentes": (
        PAYMENT,
        '\n[paiement]\nlibelle = "x"\nmode = "tranches"\n',
        "paiement",
        "demande « tranches »",
    ),
    "jour des justificatifs d'un autre mode": (
        PAYMENT,
        '\n[paiement]\nlibelle = "x"\nmode = "unique"\nrecus_jusqu_au = { jour = 9, mois = 11 }\n',
        "paiement",
        "« recus_jusqu_au » ne va qu'avec",
    ),
    "jour qui n'existe pas": ("jour = 29, mois = 2", "jour = 31, mois = 4", "contrôle", "n'existe dans aucune année"),
    "mois qui n'existe pas": ("jour = 29, mois = 2", "jour = 29, mois = 13", "contrôle", "« mois » ne peut pas valoir"),
    "paramètre inconnu": ('"$dernier_jour"', '"$autre_jour"', "contrôle", "« autre_jour »"),
    "paramètre qui n'est pas une date": ('"$dernier_jour"', '"$taux"', "contrôle", "n'est pas une date"),
    "deux façons de dire le jour": ("mois = 6", 'mois = 6\nle = "$dernier_jour"', "contrôle", "l'un des trois"),
    "aucun jour": ('le = "$dernier_jour"\n', "", "contrôle", "l'un des trois"),
    "des mois depuis rien": ('apres = "convention"\n', "", "contrôle", "vont ensemble"),
    "échéance donnée deux fois": ('nature = "demarrage"', 'nature = "consommation"', "contrôle", "deux fois"),
    "bilan à un seul jour": (
        "chaque_annee = { jour = 29, mois = 2 }",
        'le = "$dernier_jour"',
        "contrôle",
        "chaque_annee",
    ),
    "démarrage chaque année": (
        'mois = 6\napres = "convention"',
        "chaque_annee = { jour = 1, mois = 1 }",
        "contrôle",
        "qu'au bilan",
    ),
    "ni citation ni lecture": ('interpretation = "Une lecture."\n', "", "contrôle", "ni citation ni interprétation"),
    "clé inconnue": ('rend = "tout"', 'rend = "tout"\ndelai = 3', "contrôle", "« delai » est inconnue"),
    "issue inconnue": ('rend = "tout"', 'rend = "moitie"', "contrôle", "« moitie »"),
    "citation absente du texte": (
        f'par = "reversement"\ncitation = {QUOTE}',
        'par = "reversement"\ncitation = { source = "petit_equipement_2026.txt", texte = "reversé sur titre" }',
        "contrôle",
        "n'est pas dans",
    ),
    "bilan attendu, jamais dû": (
        CONTROL[
            CONTROL.index('[[controle.echeance]]\nnature = "bilan"') : CONTROL.index(
                '[[controle.echeance]]\nnature = "dem'
            )
        ],
        "",
        "paiement",
        "aucune échéance « bilan »",
    ),
}


def programme(text: str) -> Programme:
    return read(text, GOOD, MINIMAL)


def test_another_call_says_its_payments_and_deadlines_without_code() -> None:
    file = programme(TEXT).file
    assert file.paiement is not None
    assert [(t.part, t.a, t.annee) for t in file.paiement.tranches] == [
        (Decimal("0.60"), "signature", None),
        (Decimal("0.40"), "bilan", 1),
    ]
    report = file.controle.deadline("bilan")
    assert report is not None and report.chaque_annee is not None
    assert [report.chaque_annee.of(year) for year in (2027, 2028)] == [date(2027, 2, 28), date(2028, 2, 29)]


@pytest.mark.parametrize("what", WRONG)
def test_a_contradiction_is_refused_in_one_french_sentence(what: str) -> None:
    before, after, place, words = WRONG[what]
    assert TEXT.count(before) >= 1
    with pytest.raises(ProgrammeError) as refused:
        programme(TEXT.replace(before, after, 1))
    assert len(refused.value.faults) == 1, refused.value.sentences
    assert refused.value.faults[0].place == place
    assert words in refused.value.sentences[0]


@pytest.mark.parametrize("what", ["parts qui ne font pas 1", "issue inconnue", "paramètre inconnu"])
def test_the_line_to_mend_lies_in_the_part_at_fault(what: str) -> None:
    before, after, _, _ = WRONG[what]
    checked = check_text(TEXT.replace(before, after, 1), GOOD, sources=MINIMAL)
    line = checked.faults[0].line
    assert line is not None
    assert line >= TEXT[: TEXT.index("[paiement]")].count("\n")


def test_a_change_of_payment_or_deadline_is_told_as_a_difference() -> None:
    other = TEXT.replace("part = 0.60", "part = 0.70").replace("part = 0.40", "part = 0.30")
    other = other.replace("jour = 29, mois = 2", "jour = 30, mois = 3").replace(
        'rend = "tout"', 'rend = "non_consomme"'
    )
    found = {(d.partie, d.cle): (d.avant, d.apres) for d in differences(programme(TEXT), programme(other))}
    assert found.keys() == {("paiement", "tranches"), ("échéance « bilan »", "chaque_annee"), ("annulation", "rend")}
    assert found["échéance « bilan »", "chaque_annee"] == ("29 février", "30 mars")


def test_an_echeance_that_goes_is_told_too() -> None:
    start = CONTROL.index('[[controle.echeance]]\nnature = "demarrage"')
    without = TEXT.replace(CONTROL[start : CONTROL.index("[controle.annulation]")], "")
    assert [(d.nature, d.partie) for d in differences(programme(TEXT), programme(without))] == [
        ("retrait", "échéance « demarrage »")
    ]


def test_the_draft_of_next_year_has_its_deadlines_a_year_later() -> None:
    draft = programme(shifted(TEXT, 1))
    assert draft.parameters()["dernier_jour"] == date(2028, 12, 31)
    assert draft.file.controle == programme(TEXT).file.controle


@pytest.mark.parametrize("shipped", load_all().programmes.values(), ids=lambda p: p.id)
def test_each_shipped_call_says_how_it_pays_what_a_cancelled_action_costs_and_how_money_returns(
    shipped: Programme,
) -> None:
    control = shipped.file.controle
    assert shipped.file.paiement is not None
    assert control.annulation is not None
    assert control.recuperation is not None
    assert all(part.citation or part.interpretation for part in control.parts)
