"""From real verdicts and ranks to lines: who may be funded, up to what, and why not."""

from decimal import Decimal

import pytest

from tests.allocation.campaign import campaign, dossier, of

PLAIN = {"cout_total": 40000, "montant_demande": 20000}
FOR_TRAINING_PLAN = {"remboursable_opco": "oui"}
TOO_LATE = {"date_fin": "2027-01-15"}


def test_by_dossier_the_request_is_that_of_all_its_lines_and_the_ceiling_that_of_the_eligible_ones(tmp_path):
    call = campaign(tmp_path, dossier("1", actions=[PLAIN, FOR_TRAINING_PLAN, {"montant_demande": 30000}]))
    (line,) = call.lines()
    assert (line.requested, line.ceiling, line.standing) == (Decimal(70000), Decimal(40000), "finançable")
    assert (line.etablissement, line.groups) == (
        "CH TEST",
        {
            "secteur": "sanitaire",
            "statut": "public",
            "departement": "51",
            "axe": "axe_1",
            "enjeu_has": "sante_au_travail",
            "etablissement": "510001049",
        },
    )


def test_by_action_each_line_stands_for_itself(tmp_path):
    call = campaign(tmp_path, dossier("1", actions=[PLAIN, FOR_TRAINING_PLAN, TOO_LATE]))
    standings = {line.ligne: (line.rang, line.standing) for line in call.lines("action")}
    assert standings == {1: (1, "finançable"), 2: (2, "refuse"), 3: (3, "en_attente")}


@pytest.mark.parametrize(
    ("name", "statut", "words"),
    [
        ("déposé le 11 mai à 0 h 00", "refuse", "Le dossier est irrecevable. Le dossier a été déposé le 11/05/2024"),
        ("RIB inconnu", "en_attente_instruction", "Le dossier reste à vérifier. Information manquante : RIB."),
        ("hors région", "refuse", "le dossier indique le département 75 et le secteur sanitaire."),
        ("CSE à venir, date donnée", "en_attente_instruction", "À produire au plus tard le 08/10/2024."),
        ("CLACT antérieur non réalisé, sans explication", "en_attente_instruction", "en sursis"),
        ("remboursable par un OPCO", "refuse", "Aucune dépense de la demande n'est éligible. L'action peut être remb"),
        ("se termine en 2027", "en_attente_instruction", "reste à vérifier. L'action se termine le 15/01/2027"),
    ],
)
@pytest.mark.parametrize("unite", ["dossier", "action"])
def test_what_is_not_funded_says_which_rule_of_the_call_stopped_it(tmp_path, unite, name, statut, words):
    call = campaign(tmp_path, dossier("1", name))
    (outcome,) = call.run("100000", unite=unite).lines
    assert (outcome.statut, outcome.granted) == (statut, 0)
    assert words in outcome.reason


def test_what_several_rules_lack_is_named_once(tmp_path):
    call = campaign(tmp_path, dossier("1", duerp=None, date_duerp=None, rib=None))
    (line,) = call.lines()
    assert line.cause == (
        "Le dossier reste à vérifier. Informations manquantes : DUERP, Date de mise à jour du DUERP, RIB."
    )


def test_what_stops_each_action_is_told_under_its_number_in_the_word_of_the_call(tmp_path):
    call = campaign(tmp_path, dossier("1", actions=[FOR_TRAINING_PLAN, TOO_LATE]))
    (line,) = call.lines()
    assert "Action 1 : L'action peut être" in line.cause
    assert "Action 2 : L'action se termine le 15/01/2027" in line.cause


@pytest.mark.parametrize(
    ("name", "verdict"), [("RIB inconnu", "a_verifier"), ("CSE à venir, date donnée", "a_completer")]
)
def test_the_analyst_may_include_what_is_still_being_instructed_and_it_is_marked(tmp_path, name, verdict):
    call = campaign(tmp_path, dossier("1", name), dossier("2"))
    included = of(call.run("100000", inclure=frozenset({verdict})), "1")
    assert (included.statut, included.conditional) == ("finance", True)
    assert "Sous condition : Le dossier reste à" in included.reason
    other = {"a_verifier", "a_completer"} - {verdict}
    assert of(call.run("100000", inclure=frozenset(other)), "1").statut == "en_attente_instruction"
    assert not of(call.run("100000"), "2").conditional


def test_an_action_to_check_enters_its_dossier_only_when_included(tmp_path):
    call = campaign(tmp_path, dossier("1", actions=[PLAIN, TOO_LATE]))
    alone = of(call.run("100000"), "1")
    both = of(call.run("100000", inclure=frozenset({"a_verifier"})), "1")
    assert (alone.granted, alone.conditional) == (20000, False)
    assert (both.granted, both.conditional) == (40000, True)


def test_a_deferred_dossier_waits_whatever_is_included(tmp_path):
    call = campaign(tmp_path, dossier("1", "CLACT antérieur non réalisé, sans explication"))
    (outcome,) = call.run("100000", inclure=frozenset({"a_verifier", "a_completer"})).lines
    assert outcome.statut == "en_attente_instruction"


def test_an_aid_that_cannot_be_computed_is_not_nothing(tmp_path):
    call = campaign(tmp_path, dossier("1", actions=[{"cout_total": None}]))
    (outcome,) = call.run("100000", inclure=frozenset({"a_verifier"})).lines
    assert (outcome.line.ceiling, outcome.statut) == (None, "en_attente_instruction")
    assert "L'aide ne peut pas être calculée" in outcome.reason


def test_lines_come_in_the_order_of_the_ranking(tmp_path):
    call = campaign(
        tmp_path,
        dossier("1"),
        dossier("2", actions=[{"agents_concernes": 300}]),
        dossier("3", "déposé le 11 mai à 0 h 00"),
    )
    assert [(o.line.numero, o.line.position) for o in call.run("100000").lines] == [("2", 1), ("1", 2), ("3", None)]


def test_amounts_are_decimals_to_the_end(tmp_path):
    result = campaign(tmp_path, dossier("1", actions=[{"cout_total": 33333.33, "montant_demande": 16666.66}])).run(
        "20000"
    )
    assert (result.granted, result.left) == (Decimal("16666.66"), Decimal("3333.34"))
    assert all(isinstance(value, Decimal) for value in (result.granted, result.left, result.score_total))
