"""Titles and values that a person settles once, for the next files of the source."""

from typing import Any

import pytest

from clact_model import intake
from clact_model.errors import UsageError
from clact_model.intake import Correspondence, Report
from clact_model.programme import Programme
from clact_model.store import Base
from tests.intake import builders
from tests.intake.builders import held, upload

HEAD = ["Numéro de dossier", "N° FINESS", "Structure porteuse", "Nature du porteur", "Somme attendue", "Coût total"]


def book(cells: list[list[Any]]) -> bytes:
    return builders.xlsx({"Dossiers": cells})


def rows(*more: list[Any], head: list[str] | None = None) -> bytes:
    return book([head or HEAD, ["A1", "590000014", "CH A", "Hôpital", 400, 1000], *more])


def said() -> Correspondence:
    return (
        Correspondence("STARS-FIR", "classeur")
        .with_column("dossier", "structure porteuse", ("raison_sociale",))
        .with_column("dossier", "nature du porteur", ("statut",))
        .with_column("action", "somme attendue", ("montant_demande",))
        .with_value("statut", "hopital", "public")
    )


def preview(base: Base, programme: Programme, content: bytes, correspondence: Correspondence | None = None) -> Report:
    return intake.preview(base, programme, [upload(content)], correspondence=correspondence)


def test_unknown_titles_are_asked_about_when_they_hide_a_required_field(base: Base, programme: Programme) -> None:
    report = preview(base, programme, rows())
    assert report.resultat == "question"
    asked = [a.message for a in report.anomalies if a.gravite == "question"]
    assert any("« Montant demandé à l'ARS » est absente" in message for message in asked)


def test_what_a_person_says_of_titles_and_values_is_read(base: Base, programme: Programme) -> None:
    report = intake.write(base, programme, preview(base, programme, rows(), said()))
    assert report.resultat == "accepte"
    assert held(base, "raison_sociale, statut") == [("CH A", "public")]
    assert held(base, "montant_demande", "action")[0][0] == 400


def test_a_saved_correspondence_applies_by_itself_to_the_next_file(base: Base, programme: Programme) -> None:
    intake.save_correspondence(base, programme.id, said())
    report = preview(base, programme, rows(["A2", "620000018", "CH B", "hôpital ", 10, 20]))
    assert (report.resultat, report.nouveaux, report.correspondance) == ("accepte", 2, "STARS-FIR")


def test_a_saved_correspondence_leaves_other_files_alone(base: Base, programme: Programme) -> None:
    intake.save_correspondence(base, programme.id, said())
    head = ["Numéro de dossier", "N° FINESS", "Montant demandé", "Coût total"]
    report = preview(base, programme, book([head, ["A1", "590000014", 400, 1000]]))
    assert (report.resultat, report.correspondance) == ("accepte", "")


def test_a_title_renamed_at_the_source_is_proposed_again_and_never_dropped(base: Base, programme: Programme) -> None:
    intake.save_correspondence(base, programme.id, said())
    head = [*HEAD[:4], "Somme attendue (nouveau)", HEAD[5]]
    report = preview(base, programme, rows(head=head))
    assert report.resultat == "question"
    asked = [a.message for a in report.anomalies if a.gravite == "question"]
    assert any("« Somme attendue (nouveau) » ressemble à « Montant demandé" in message for message in asked)
    intake.write(base, programme, report, accept=True)
    assert held(base, "montant_demande", "action")[0][0] == 400


def test_a_title_that_is_gone_is_asked_about(base: Base, programme: Programme) -> None:
    intake.save_correspondence(base, programme.id, said())
    content = book([[*HEAD[:2], *HEAD[3:]], ["A1", "590000014", "Hôpital", 400, 1000]])
    report = preview(base, programme, content)
    assert report.resultat == "question"
    asked = [a.message for a in report.anomalies if a.gravite == "question"]
    assert any("structure porteuse » de la correspondance n'est plus dans le fichier" in message for message in asked)


def test_a_value_said_to_mean_nothing_known_is_unknown(base: Base, programme: Programme) -> None:
    intake.write(base, programme, preview(base, programme, rows(), said().with_value("statut", "hopital", "")))
    assert held(base, "statut") == [(None,)]


def test_a_column_left_aside_is_not_read_even_under_a_known_title(base: Base, programme: Programme) -> None:
    aside = said().with_column("action", "cout total", ())
    intake.write(base, programme, preview(base, programme, rows(), aside))
    assert held(base, "cout_total", "action")[0][0] is None


def test_a_title_like_a_field_not_given_is_asked_about_and_not_read_in_silence(
    base: Base, programme: Programme
) -> None:
    head = ["Numéro de dossier", "N° FINESS", "Montant demandés à l'ARS", "Coût total"]
    report = preview(base, programme, book([head, ["A1", "590000014", 400, 1000]]))
    assert report.resultat == "question"
    assert any("ressemble à « Montant demandé à l'ARS »" in a.message for a in report.anomalies)


def test_a_count_of_full_time_equivalents_is_no_headcount(base: Base, programme: Programme) -> None:
    head = ["Numéro de dossier", "N° FINESS", "Montant demandé", "Effectif total (ETP)"]
    report = preview(base, programme, book([head, ["A1", "590000014", 400, 312.5]]))
    intake.write(base, programme, report)
    assert report.resultat == "accepte_avec_avertissement"
    assert held(base, "effectif_total") == [(None,)]


def test_a_title_that_two_lists_know_goes_to_those_that_understand_its_values(base: Base, programme: Programme) -> None:
    head = ["Numéro de dossier", "N° FINESS", "Montant demandé", "Statut et catégorie"]
    content = book([head, ["A1", "590000014", 400, "Etablissement public de santé;CHU / CHR"]])
    intake.write(base, programme, preview(base, programme, content))
    assert held(base, "statut, secteur") == [("public", "sanitaire")]


def test_a_correspondence_of_no_name_or_an_unknown_one_is_refused(base: Base, programme: Programme) -> None:
    with pytest.raises(UsageError, match="Donnez un nom"):
        intake.save_correspondence(base, programme.id, Correspondence("  "))
    with pytest.raises(UsageError, match="« X »"):
        intake.load_correspondence(base.cursor(), programme.id, "X")


def test_what_is_saved_is_read_back_and_journaled(base: Base, programme: Programme) -> None:
    intake.save_correspondence(base, programme.id, said())
    assert intake.load_correspondence(base.cursor(), programme.id, "STARS-FIR") == said()
    intake.remove_correspondence(base, programme.id, "STARS-FIR")
    assert intake.saved_correspondences(base.cursor(), programme.id) == []
