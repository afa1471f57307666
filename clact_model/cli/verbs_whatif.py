"""parametre: the same dossiers under other rules, or under another programme's."""

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import duckdb

from clact_model import formats, whatif
from clact_model.cli import as_json, context, verbs_arbitration
from clact_model.cli.as_json import Object
from clact_model.errors import UsageError
from clact_model.programme import ParameterValue, Programme, load_one
from clact_model.store import Base
from clact_model.whatif import Change, Effect, Elsewhere, Followed, Look, Moved, State, Totals

CHANGES = (
    ("parametre", "NOM=VALEUR", "donne une autre valeur à un paramètre du programme"),
    ("sans-regle", "ID", "suspend une règle"),
    ("poids", "CRITERE=2", "change un poids"),
    ("nouvelle-enveloppe", "E", "essaie une autre enveloppe que celle de départ, en euros"),
)
"""Option → what it takes, and what it does."""
Noted = tuple[str, str]
"""An option and what was written after it."""


def noted(option: str) -> Callable[[str], Noted]:
    """What keeps the text of an option together with its name."""
    return lambda text: (option, text)


def parametre(arguments: Namespace) -> tuple[int, str]:
    """What may be changed; or, with changes, what they do, one after the other. Writes nothing."""
    chosen = context.programme(arguments)
    other = load_one(arguments.sous_programme) if arguments.sous_programme is not None else None
    if other is not None and other.id == chosen.id:
        raise UsageError("--sous-programme attend un autre programme que --programme.")
    if other is None and not arguments.changements:
        return 0, as_json.text(_offered(chosen)) if arguments.json else _offered_in_words(chosen)
    with context.opened(arguments) as base:
        return 0, _tried(arguments, base, chosen, other)


def _tried(arguments: Namespace, base: Base, chosen: Programme, other: Programme | None) -> str:
    today = context.today(chosen)
    cursors = {chosen.id: base.cursor()}
    found = None
    first: list[Change] = []
    if other is not None:
        other = whatif.in_the_year_of(chosen, other)
        cursors[other.id] = base.cursor()
        whatif.lend(cursors[other.id], chosen, other)
        found = whatif.elsewhere(cursors[other.id], chosen, other, today)
        first = [whatif.OtherProgramme(other)]
    prepared = verbs_arbitration.prepare(arguments, base, chosen)
    start = State(chosen, verbs_arbitration.settings_of(arguments, chosen, prepared))
    changes = [*first, *(_change(option, text, other or chosen) for option, text in arguments.changements)]
    followed = whatif.follow(start, changes, _looker(cursors, today))
    if not arguments.json:
        return _in_words(followed)
    return as_json.text(_document(followed) | ({} if found is None else _elsewhere(found)))


def _looker(cursors: Mapping[str, duckdb.DuckDBPyConnection], today: date) -> Callable[[State], Look]:
    return lambda state: whatif.look(cursors[state.programme.id], state, today)


def _change(option: str, text: str, programme: Programme) -> Change:
    if option == "parametre":
        return whatif.ParameterChange(*context.parameter(text, programme))
    if option == "sans-regle":
        return whatif.RuleOff(text)
    if option == "poids":
        name, value = context.pair(text, "--poids critere=2")
        return whatif.WeightChange(name, context.number(value, name))
    return whatif.EnvelopeChange(context.amount(text, "--nouvelle-enveloppe"))


def _offered(programme: Programme) -> Object:
    file = programme.file
    return {
        "parametres": [
            {"nom": name, "libelle": p.libelle, "type": p.type, "valeur": _value(p.valeur, p.type)}
            for name, p in file.parametres.items()
        ],
        "regles": [{"id": rule.id, "libelle": rule.libelle, "niveau": rule.niveau} for rule in file.regle],
        "criteres": [{"id": c.id, "libelle": c.libelle, "poids": str(c.poids)} for c in file.critere],
        "enveloppe": as_json.money(file.enveloppe),
    }


def _value(value: ParameterValue | None, kind: str) -> object:
    """A value as the JSON of the command line writes its kind."""
    if isinstance(value, date):
        return value.isoformat()
    if value is None or kind == "entier":
        return None if value is None else int(value)
    writers: Mapping[str, Callable[[Decimal], str | None]] = {"montant": as_json.money, "part": as_json.score}
    return writers.get(kind, str)(Decimal(value))


def _document(followed: Followed) -> Object:
    return {
        "avant": _totals(followed.before.totals),
        "apres": _totals(followed.after.totals),
        "etapes": [
            {
                "changement": _named(step.change, step.state),
                "libelle": step.phrase,
                "effet": _effect(step.effect),
                "apres": _totals(step.after.totals),
                "dossiers": len({moved.numero for moved in step.moved}),
            }
            for step in followed.steps
        ],
        "dossiers": [_moved(moved) for moved in followed.moved],
    }


def _named(change: Change, state: State) -> Object:
    kinds = {name: parameter.type for name, parameter in state.programme.file.parametres.items()}
    kind = kinds[change.nom] if change.nature == "parametre" else "montant" if change.nature == "enveloppe" else ""
    return {"nature": change.nature, "nom": change.nom, "valeur": _value(change.valeur, kind)}


def _totals(totals: Totals) -> Object:
    return {
        "recevables": totals.recevables,
        "verdicts": dict(totals.verdicts),
        "aide_possible": as_json.money(totals.aide_possible),
        "enveloppe": as_json.money(totals.enveloppe),
        "accorde": as_json.money(totals.accorde),
        "reste": as_json.money(totals.reste),
        "finances": totals.finances,
        "agents": totals.agents,
    }


def _effect(effect: Effect) -> Object:
    return {
        "recevables": effect.recevables,
        "aide_possible": as_json.money(effect.aide_possible),
        "enveloppe": as_json.money(effect.enveloppe),
        "accorde": as_json.money(effect.accorde),
        "reste": as_json.money(effect.reste),
        "finances": effect.finances,
        "agents": effect.agents,
    }


def _moved(moved: Moved) -> Object:
    document: Object = {"numero": moved.numero, "ligne": moved.ligne}
    for word, side in (("avant", moved.avant), ("apres", moved.apres)):
        document |= {
            f"verdict_{word}": side.verdict,
            f"aide_{word}": as_json.money(side.aide),
            f"accorde_{word}": as_json.money(side.accorde),
            f"statut_{word}": side.statut,
            f"raison_{word}": side.raison,
        }
    return document


def _elsewhere(found: Elsewhere) -> Object:
    return {
        "regles": [
            {
                "id": there.rule.id,
                "libelle": there.rule.libelle,
                "niveau": there.rule.niveau,
                "oui": there.oui,
                "non": there.non,
                "inconnu": there.inconnu,
                "jamais_remplis": [field.champ for field in there.jamais_remplis],
                "a_laisser": there.a_laisser,
            }
            for there in found.rules
        ],
        "jamais_remplis": [
            {"champ": one.field.champ, "libelle": one.field.libelle, "lu_par": list(one.lu_par)}
            for one in found.unfilled
        ],
        "propres": {kind: list(labels) for kind, labels in found.propres.items()},
    }


def _offered_in_words(programme: Programme) -> str:
    parameters = [f"{name:24} {p.libelle} : {p.valeur}" for name, p in programme.file.parametres.items()]
    return "\n".join([*parameters, *(f"{rule.id:24} {rule.libelle}" for rule in programme.file.regle)])


def _in_words(followed: Followed) -> str:
    lines = ["Avant : " + _totals_in_words(followed.before.totals)]
    lines += [f"{step.phrase}\n  {_totals_in_words(step.after.totals)}" for step in followed.steps]
    return "\n".join([*lines, *_moved_in_words(followed.moved)])


def _totals_in_words(totals: Totals) -> str:
    return (
        f"{formats.plural(totals.recevables, 'recevable')}, aide possible {formats.euros(totals.aide_possible)}, "
        f"accordé {formats.euros(totals.accorde)}, reste {formats.euros(totals.reste)}."
    )


def _moved_in_words(moved: Sequence[Moved]) -> list[str]:
    return [
        f"{line.numero:16} {line.avant.verdict} → {line.apres.verdict}, "
        f"{formats.euros(line.avant.accorde)} → {formats.euros(line.apres.accorde)}"
        for line in moved
    ]
