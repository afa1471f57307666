"""What an establishment is asked to correct, in words of its own; nothing of what only the agency can settle."""

from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from clact_model import intake
from clact_model.documents.addressees import Addressee, addressees
from clact_model.documents.letter_of_faults import Letter, letters, numbers
from clact_model.documents.letters_xlsx import letters_xlsx
from clact_model.intake import Anomaly
from clact_model.programme import Programme
from clact_model.store import Base
from tests.intake import builders
from tests.intake.conftest import base, programme  # noqa: F401

PLATFORM, WORKBOOK = "Export de Démarches simplifiées", "Classeur de l'outil"
AMOUNT = "« Montant demandé » : « voir devis » n'est pas un montant : écrivez un nombre seul, par exemple 12 500,00."
KNOWN = {"D1": Addressee("CH de Lens", "a@exemple.fr")}


def said(
    message: str = AMOUNT, gravite: str = "erreur", numero: str | None = "D1", valeur: str = "voir devis"
) -> Anomaly:
    return Anomaly("c.xlsx", gravite, message, "Actions", 14, "K", valeur, numero)  # type: ignore[arg-type]


def written(programme: Programme, *anomalies: Anomaly, source: str = PLATFORM, contact: bool = False) -> list[Letter]:  # noqa: F811
    return letters(programme, source, anomalies, KNOWN, contact)


def test_a_letter_names_the_dossier_its_establishment_and_the_field(programme: Programme) -> None:  # noqa: F811
    (letter,) = written(programme, said())
    assert letter.texte.startswith(f"Objet : {programme.titre}, dossier n° D1 – informations à corriger\n")
    assert "n° D1 (CH de Lens)" in letter.texte
    assert AMOUNT in letter.texte
    assert "avant le [date]" in letter.texte


def test_cells_are_named_in_a_workbook_and_not_on_the_platform(programme: Programme) -> None:  # noqa: F811
    on_platform, in_workbook = (written(programme, said(), source=source)[0].texte for source in (PLATFORM, WORKBOOK))
    assert "K14" not in on_platform
    assert "(feuille « Actions », cellule K14)" in in_workbook


@pytest.mark.parametrize(
    "anomaly",
    [
        said("La colonne « Avis » n'est pas connue : indiquez son champ.", "information"),
        said("La base a déjà ce formulaire : retirez-le.", "question"),
        said("Doublon : le dossier D1 est déjà à la ligne 3, corrigez le numéro.", valeur="D1"),
        said(numero=None),
        said("« Montant » : le montant a plus de deux décimales : arrondi à 12,35 €.", "avertissement"),
    ],
)
def test_what_only_the_agency_can_settle_is_not_asked(anomaly: Anomaly, programme: Programme) -> None:  # noqa: F811
    assert written(programme, anomaly) == []


def test_what_is_refused_is_asked_even_where_no_verb_says_so(programme: Programme) -> None:  # noqa: F811
    refused = said("« N° FINESS » : « 12 » n'est pas un N° FINESS : il compte 9 caractères, par exemple 590000014.")
    assert "il compte 9 caractères" in written(programme, refused)[0].texte


def test_the_same_thing_is_asked_once_and_each_in_its_paragraph(programme: Programme) -> None:  # noqa: F811
    other = said("« Coût total » est vide : cette valeur est obligatoire, renseignez-la.")
    (letter,) = written(programme, said(), said(), other)
    assert [line for line in letter.texte.splitlines() if line[:2] in ("1.", "2.", "3.")] == [
        f"1. {AMOUNT}",
        f"2. {other.message}",
    ]


def test_words_of_a_spreadsheet_become_those_of_a_form(programme: Programme) -> None:  # noqa: F811
    messages = [
        "« FINESS » : « 5,9E+08 » n'est pas un N° FINESS : saisissez-le dans une cellule au format Texte.",
        "« Type » : « x » n'est pas une valeur admise : écrivez Achat. En attendant, « Type » est inconnu (2 lignes).",
        "« FINESS » : 12 est le numéro de l'entité juridique, celui de l'établissement reste inconnu. Le référentiel FINESS, "
        "s'il est chargé, peut le donner.",
    ]
    (letter,) = written(programme, *(said(message) for message in messages))
    assert not [word for word in ("cellule", "En attendant", "référentiel") if word in letter.texte]
    assert "écrivez Achat." in letter.texte
    assert "indiquez celui de l'établissement." in letter.texte


def test_the_address_of_the_contact_is_written_only_when_it_is_asked_for(programme: Programme) -> None:  # noqa: F811
    assert "a@exemple.fr" not in written(programme, said())[0].texte
    assert written(programme, said(), contact=True)[0].texte.startswith("À : a@exemple.fr\n")


def test_a_dossier_that_is_refused_has_its_name_from_the_file(base: Base, programme: Programme) -> None:  # noqa: F811
    content = builders.flat_xlsx(builders.with_cell(3, "Montant demandé", "voir devis"))
    report = intake.preview(base, programme, [builders.upload(content)])
    assert numbers(report.anomalies) == ["2026-0002"]
    known = addressees(base.cursor(), programme, ["2026-0002"], report)
    assert known["2026-0002"] == Addressee("Établissement 2", "contact1@exemple.fr")


def test_all_letters_are_in_one_workbook_of_text(programme: Programme) -> None:  # noqa: F811
    found = [Letter("=1+1", "CH", None, "Objet", "=cmd|' /C calc'!A0")]
    content = BytesIO()
    letters_xlsx(programme, found, datetime(2026, 3, 1, tzinfo=ZoneInfo("Europe/Paris")), content)
    sheet = openpyxl.load_workbook(content)["Textes"]
    assert [cell.value for cell in sheet[1]] == ["Dossier", "Établissement", "Objet", "Texte"]
    assert {cell.data_type for cell in sheet[2]} == {"s"}
