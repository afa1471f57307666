"""Which faults strike each call, and how often: each rule fails somewhere and, where it can be, is unknown somewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from scripts.demo.calls import Call
from scripts.demo.dossier_faults import (
    alone,
    bank_and_quotes_missing,
    earlier,
    is_association,
    joined,
    late,
    lines_up_to,
    many,
    mutualised_alone,
    mutualised_unknown,
    negotiated_and_pending,
    old_duerp,
    old_duerp_with_letter,
    on_one_line,
    opinion_pending,
    outside,
    past_midnight,
    same_ranks,
    several,
    several_unknown,
    staff_uncounted,
    structures_unnamed,
    undone,
    undone_and_renewed,
)
from scripts.demo.dossiers import Row
from scripts.demo.line_faults import (
    BUILDINGS,
    GYM,
    HR_TOOL,
    LEGALS,
    ORDINARY_TRAINING,
    PLANNING,
    POSTS,
    RUNNINGS,
    in_axis,
    in_theme,
    large,
    late_end,
    late_start,
    motorised,
    natured,
    no_contribution,
    not_training,
    one_of,
    only_line,
    only_training,
    prap_training,
    prevention_equipment,
    public_aid,
    public_aid_without_net_cost,
    small_staff,
    some_public_aid,
    three_years,
    too_small,
    very_large,
)

Change = Mapping[str, Any] | Callable[[Call, Random, Row], None]
"""Cells to overwrite, or what else to do."""


def anywhere(row: Row) -> bool:
    return True


@dataclass(frozen=True)
class Fault:
    """``change``: cells to overwrite, or what else to do to the dossier. ``where``: which dossiers it can strike."""

    count: int
    change: Change
    where: Callable[[Row], bool] = anywhere


@dataclass(frozen=True)
class LineFault:
    """``change``: cells to overwrite, or what else to do to the line. ``where``: which dossiers and lines it can strike."""

    count: int
    change: Change
    where: Callable[[Row, Row], bool] = lambda dossier, row: True


DOSSIER_PLANS: dict[str, list[Fault]] = {
    "grand_est_2024": [
        # irrecevable
        Fault(5, late), Fault(1, past_midnight), Fault(2, outside),
        Fault(3, lines_up_to(6)), Fault(1, lines_up_to(7)),
        Fault(4, {"contrat": "absent"}), Fault(3, {"avis_instances": "absent", "date_instances": None}),
        Fault(4, {"avis_instances": "en_attente", "date_instances": None}),
        Fault(4, {"duerp": "lettre_engagement", "date_duerp": None}, joined), Fault(2, {"duerp": "absent", "date_duerp": None, "plan_prevention": False}),
        Fault(2, {"duerp": "deja_transmis", "date_duerp": None}), Fault(1, {"plan_prevention": False}),
        Fault(2, {"diagnostic": False}), Fault(2, {"rib": False}), Fault(2, {"fiche_financement": False}),
        Fault(3, on_one_line(devis=False), many), Fault(2, on_one_line(indicateurs="aucun")), Fault(2, bank_and_quotes_missing),
        # a_completer
        Fault(9, {"contrat": "negocie"}), Fault(13, opinion_pending), Fault(4, several(avis_cse_etablissements=False), alone),
        # sursis
        Fault(9, undone(clact_anterieur_explique=False)),
        # a_verifier: a person must judge
        Fault(5, old_duerp, joined), Fault(4, same_ranks, many), Fault(3, earlier(clact_anterieur_respecte=False)), Fault(3, mutualised_alone),
        # a_verifier: the data is missing
        Fault(2, {"date_duerp": None}, joined),
        Fault(1, {"date_depot": None}), Fault(1, {"departement": None}), Fault(1, {"contrat": None}), Fault(1, {"avis_instances": None, "date_instances": None}),
        Fault(1, several(avis_cse_etablissements=None), alone), Fault(1, {"duerp": None, "date_duerp": None}), Fault(1, {"diagnostic": None}),
        Fault(2, {"rib": None}), Fault(1, {"fiche_financement": None}), Fault(1, on_one_line(devis=None), many), Fault(1, on_one_line(indicateurs=None)),
        Fault(1, on_one_line(rang=None), many), Fault(1, earlier(clact_anterieur_respecte=None)), Fault(1, mutualised_unknown),
        Fault(2, undone(clact_anterieur_explique=None)), Fault(1, several_unknown, alone),
        # the dossier stands, one of its actions does not
        Fault(2, structures_unnamed, alone), Fault(1, staff_uncounted, alone), Fault(2, undone_and_renewed(True)), Fault(1, undone_and_renewed(None)),
    ],
    "normandie_2025": [
        Fault(3, late), Fault(1, past_midnight), Fault(1, outside), Fault(1, {"secteur": "medico_social", "raison_sociale": "EHPAD fictif Les Pommiers bleus, Brumeville"}),
        Fault(1, {"budget_global": False}), Fault(2, on_one_line(devis=False), many), Fault(1, {"rib": False}),
        Fault(1, {"statuts": False}, is_association), Fault(1, {"bilan_comptable": False}, is_association),
        Fault(1, {"bilan_certifie": False, "subventions_publiques": Decimal(186_000)}, is_association),
        Fault(5, earlier(evaluation_anterieure=False)), Fault(3, undone()), Fault(2, earlier(clact_anterieur_justifie=False)),
        Fault(1, {"date_depot": None}), Fault(1, {"departement": None}), Fault(1, {"budget_global": None}), Fault(1, on_one_line(devis=None)),
        Fault(1, {"rib": None}), Fault(1, {"statuts": None}, is_association), Fault(1, {"bilan_comptable": None}, is_association),
        Fault(1, {"subventions_publiques": None, "bilan_certifie": None}, is_association),
        Fault(1, earlier(evaluation_anterieure=None)), Fault(1, earlier(clact_anterieur_justifie=None)),
        Fault(3, lines_up_to(4)), Fault(1, lines_up_to(5)), Fault(1, lines_up_to(4, ranked=False)),
    ],
    "guadeloupe_2023": [
        Fault(2, late), Fault(1, past_midnight), Fault(1, outside), Fault(1, {"courrier_signe": False}),
        Fault(1, {"formulaire_candidature": False}), Fault(1, {"avis_instances": "absent", "date_instances": None}),
        Fault(1, {"duerp": "absent", "date_duerp": None}), Fault(1, on_one_line(indicateurs="aucun")),
        Fault(3, old_duerp_with_letter), Fault(1, {"duerp": "lettre_engagement", "date_duerp": None}),
        Fault(1, {"duerp": "deja_transmis", "date_duerp": None}),
        Fault(2, earlier(clact_anterieur_respecte=False)), Fault(1, {"date_depot": None}), Fault(1, {"departement": None}), Fault(1, {"courrier_signe": None}),
        Fault(1, {"plan_prevention": None}), Fault(1, {"duerp": None, "date_duerp": None}), Fault(1, on_one_line(indicateurs=None)),
        Fault(1, earlier(clact_anterieur_respecte=None)),
        Fault(3, lines_up_to(3)), Fault(1, lines_up_to(3, ranked=False)),
    ],
    "hauts_de_france_2022": [
        Fault(3, late), Fault(1, past_midnight), Fault(1, outside), Fault(2, {"formulaire_excel": False}), Fault(1, {"diagnostic": False}),
        Fault(2, on_one_line(devis=False), many), Fault(1, {"fiche_financement": False}), Fault(1, {"contrat": "absent"}),
        Fault(1, {"duerp": "lettre_engagement", "date_duerp": None}, joined), Fault(1, {"duerp": "absent", "date_duerp": None}, joined),
        Fault(1, {"contrat": "negocie", "avis_instances": "defavorable"}), Fault(1, {"contrat": "negocie", "avis_instances": "absent", "date_instances": None}),
        Fault(1, on_one_line(indicateurs="aucun")),
        Fault(5, negotiated_and_pending),
        Fault(4, earlier(clact_anterieur="en_cours", clact_anterieur_justifie=False)),
        Fault(4, old_duerp, joined), Fault(1, {"date_duerp": None}, joined), Fault(1, {"date_depot": None}), Fault(1, {"departement": None}),
        Fault(1, {"formulaire_excel": None}), Fault(1, {"diagnostic": None}), Fault(1, on_one_line(devis=None)), Fault(1, {"fiche_financement": None}),
        Fault(1, {"contrat": None}), Fault(1, {"duerp": None, "date_duerp": None}, joined), Fault(1, {"contrat": "negocie", "avis_instances": None, "date_instances": None}),
        Fault(1, earlier(clact_anterieur_justifie=None)), Fault(1, on_one_line(indicateurs=None)),
    ],
}  # fmt: skip

LINE_PLANS: dict[str, list[LineFault]] = {
    "grand_est_2024": [
        LineFault(5, one_of(RUNNINGS)), LineFault(6, ORDINARY_TRAINING, natured("formation")), LineFault(1, one_of(RUNNINGS), only_line),
        LineFault(9, {"remboursable_opco": True}, natured("formation")), LineFault(1, {"remboursable_opco": True}, only_training),
        LineFault(4, {"prise_en_charge_carsat": True}), LineFault(5, one_of(POSTS)), LineFault(4, one_of(LEGALS)),
        LineFault(2, one_of(BUILDINGS), in_theme("handicap")), LineFault(4, one_of(BUILDINGS), in_axis("axe_1", "axe_3")),
        LineFault(2, {"deja_financee": "ars"}), LineFault(2, {"deja_financee": "carsat"}), LineFault(1, {"deja_financee": "opco"}), LineFault(1, {"deja_financee": "autre"}),
        LineFault(6, {"axe": None, "thematique": "autre"}),
        LineFault(5, {"projet_motive": False}, motorised), LineFault(5, late_start), LineFault(5, late_end),
        LineFault(2, {"thematique": None}), LineFault(2, {"projet_motive": None}, motorised),
        LineFault(1, {"depense_courante": None}), LineFault(2, {"remboursable_opco": None}, natured("formation")), LineFault(1, {"prise_en_charge_carsat": None}),
        LineFault(1, {"cree_emploi": None}), LineFault(1, {"dont_remunerations": None}), LineFault(1, {"obligation_legale": None}), LineFault(2, {"nature": None}),
        LineFault(1, {"deja_financee": None}), LineFault(1, {"date_debut": None}), LineFault(2, {"date_fin": None}), LineFault(1, {"cout_total": None, "taux_demande": None}),
    ],
    "normandie_2025": [
        LineFault(2, GYM), LineFault(2, one_of(BUILDINGS)), LineFault(2, HR_TOOL, in_axis("domaine_1", "domaine_2")),
        LineFault(2, PLANNING, in_axis("domaine_3")), LineFault(3, one_of(POSTS)), LineFault(2, one_of(RUNNINGS)), LineFault(1, ORDINARY_TRAINING, natured("formation")),
        LineFault(3, {"plan_action": False}, prevention_equipment), LineFault(2, {"plan_egalite": False}, in_theme("egalite")),
        LineFault(2, {"organisee_avec_opco": True, "fonds_propres": False}, natured("formation")),
        LineFault(1, {"deja_financee": "carsat"}), LineFault(1, {"deja_financee": "opco"}), LineFault(3, some_public_aid), LineFault(3, late_end), LineFault(1, {"date_debut": date(2024, 11, 4)}),
        LineFault(1, {"lien_activite": None}), LineFault(1, {"outil_grh": None}), LineFault(1, {"cree_emploi": None}), LineFault(1, {"depense_courante": None}),
        LineFault(1, {"plan_action": None}, prevention_equipment), LineFault(1, {"plan_egalite": None}, in_theme("egalite")),
        LineFault(1, {"organisee_avec_opco": True, "fonds_propres": None}, natured("formation")), LineFault(1, {"deja_financee": None}),
        LineFault(1, {"autres_aides_publiques": None}), LineFault(1, {"date_fin": None}), LineFault(1, {"cout_total": None, "taux_demande": None}),
    ],
    "guadeloupe_2023": [
        LineFault(2, too_small), LineFault(1, no_contribution, not_training), LineFault(2, large(False)), LineFault(1, large(True)), LineFault(1, very_large),
        LineFault(2, public_aid, not_training), LineFault(1, GYM), LineFault(1, one_of(POSTS), in_axis("volet_1", "volet_2", "volet_3")),
        LineFault(1, {"cree_emploi": True}, in_axis("volet_4")), LineFault(1, one_of(RUNNINGS)), LineFault(2, {"remboursable_opco": True}, natured("formation")),
        LineFault(1, one_of(LEGALS)), LineFault(1, {"deja_financee": "carsat"}), LineFault(1, {"deja_financee": "autre"}), LineFault(2, late_start), LineFault(1, late_end),
        LineFault(3, {"axe": "autre"}), LineFault(1, {"axe": None}),
        LineFault(1, {"cout_total": None, "taux_demande": None}), LineFault(1, {"apport_etablissement": None}), LineFault(1, large(None)),
        LineFault(1, public_aid_without_net_cost, not_training),
        LineFault(1, {"lien_activite": None}), LineFault(1, {"cree_emploi": None}), LineFault(1, {"depense_courante": None}), LineFault(1, {"remboursable_opco": None}, natured("formation")),
        LineFault(1, {"obligation_legale": None}), LineFault(1, {"deja_financee": None}), LineFault(1, {"dont_pedagogique": None}, natured("formation")),
        LineFault(1, {"date_debut": None}), LineFault(1, {"date_fin": None}),
    ],
    "hauts_de_france_2022": [
        LineFault(2, prap_training(True), small_staff), LineFault(1, prap_training(None), small_staff),
        LineFault(3, one_of(RUNNINGS)), LineFault(3, ORDINARY_TRAINING, natured("formation")), LineFault(3, {"remboursable_opco": True}, natured("formation")),
        LineFault(3, one_of(POSTS)), LineFault(2, one_of(LEGALS)), LineFault(4, three_years),
        LineFault(1, {"depense_courante": None}), LineFault(1, {"remboursable_opco": None}, natured("formation")), LineFault(1, {"cree_emploi": None}), LineFault(1, {"obligation_legale": None}), LineFault(2, {"dont_pedagogique": None}, natured("formation")),
        LineFault(1, {"date_fin": None}), LineFault(1, {"date_debut": None}),
    ],
}  # fmt: skip
