"""What is due, on its own screen: by day, filtered, with the words of the call, and the reminders ready to copy."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from clact_model import dossiers, paths
from clact_model.programme import load_one
from clact_model.store import Base
from pages.components import base as screens
from tests import facts
from tests.pages.walk import DAY, Open, empty, open_page, programme, sane, words  # noqa: F401
from tests.tracking.owing import owing

PAGE = "suivi/echeances.py"
CALL = load_one("guadeloupe_2023")
SIRET = "26010004500012"


def _followed(folder: Path) -> Path:
    """A convention of 2024 whose first report never came."""
    dossier = owing(
        folder,
        CALL.id,
        "2024-01-31",
        actions=[("2024-03-01", "2025-12-31")],
        siret=SIRET,
        raison_sociale="CH *des* Îles",
    )
    dossier.sign("2024-02-12")
    dossier.base.close()
    return dossier.base.path


def _open(monkeypatch: pytest.MonkeyPatch, path: Path, **address: str) -> AppTest:
    """The screen in the call that asks for reports: the choice of the first run stays."""
    monkeypatch.setenv("CLACT_BASE", str(path))
    monkeypatch.setenv("CLACT_AUJOURDHUI", DAY.isoformat())
    test = AppTest.from_file(str(paths.ROOT / "app.py"), default_timeout=60)
    test.query_params["programme"] = CALL.titre
    test.run()
    test.switch_page(f"pages/{PAGE}")
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    sane(test)
    return test


def test_before_a_notification_nothing_is_due_and_the_way_on_is_shown(open_page: Open, empty: Path) -> None:  # noqa: F811
    assert "quand une décision est notifiée" in words(open_page(empty, PAGE))


def test_what_is_due_is_filtered_by_the_address_listed_by_day_and_recalled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    test = _open(monkeypatch, _followed(tmp_path), echeance_etat="Fait")
    assert list(test.main.dataframe[0].value["nature"]) == ["Convention à signer"]
    test.main.multiselect(key="echeance_etat").set_value([]).run()
    sane(test)
    shown = test.main.dataframe[0].value
    assert list(shown["nature"])[:3] == ["Versement", "Démarrage", "Versement"]
    assert list(shown["etat"]) == ["À faire", *["En retard", "En attente"] * 2, *["À venir"] * 3]
    assert {figure.label: figure.value for figure in test.main.metric}["En retard"] == "2"
    assert test.main.get("download_button")
    test.main.segmented_control(key="vue").set_value("Relances").run()
    sane(test)
    assert "CH *des* Îles" in test.main.code[0].value
    assert "46 jours de retard" in test.main.code[0].value
    assert "31 mars 2026" not in test.main.code[0].value
    test.main.number_input(key="relance_jours").set_value(365).run()
    sane(test)
    assert "31 mars 2026" in test.main.code[0].value


def test_the_fiche_proposes_the_earlier_contract_and_writes_what_is_confirmed(open_page: Open, tmp_path: Path) -> None:  # noqa: F811
    path = _followed(tmp_path)
    base = Base(path)
    facts.put(
        base,
        programme(),
        {
            "numero": "7",
            "raison_sociale": "CH",
            "siret": SIRET,
            "date_depot": "2025-04-01T10:00",
            "clact_anterieur": "aucun",
        },
        [{"intitule": "Lève-personne"}],
    )
    base.close()
    test = open_page(path, "instruction/fiche_dossier.py", numero="7")
    assert "Bilan annuel" in words(test) and "attendu depuis le 30 mars 2025" in words(test)
    boxes = {box.label: box for box in test.main.checkbox}
    assert list(boxes) == [
        "CLACT antérieur : Aucun → **En cours**",
        "Conventions antérieures respectées : — → **non**",
    ]
    for box in boxes.values():
        box.uncheck()
    next(button for button in test.main.button if button.label == "Confirmer").click().run()
    assert "Rien n'est coché" in words(test)
    next(iter(test.main.checkbox)).check()
    next(button for button in test.main.button if button.label == "Confirmer").click().run()
    sane(test)
    assert "1 champ confirmé" in words(test)
    (stored,) = dossiers.read(screens.opened().cursor(), programme(), ["7"])
    assert (stored["clact_anterieur"], stored["clact_anterieur_respecte"]) == ("en_cours", None)
    next(button for button in test.main.button if button.label.startswith("Revenir")).click().run()
    sane(test)
    (stored,) = dossiers.read(screens.opened().cursor(), programme(), ["7"])
    assert stored["clact_anterieur"] == "aucun"
