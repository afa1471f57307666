"""What a person says of a pair: two dossiers, or one twice; and a dossier set aside, put back."""

from clact_model.errors import UsageError
from clact_model.programme import Programme
from clact_model.store import Base, Change, Writing


def settle_distinct(
    base: Base, programme: Programme, one: str, other: str, motif: str, operation: str | None = None
) -> None:
    """These are two dossiers: the pair is no longer shown as waiting. Raises UsageError without a reason."""
    _require(motif)
    with base.write("trancher_doublon", programme.id, operation) as writing:
        if not writing.already_done:
            _keep(writing, programme, one, other, "distincts", None, motif.strip())


def settle_double(
    base: Base, programme: Programme, kept: str, aside: str, motif: str, operation: str | None = None
) -> None:
    """These are one dossier twice: ``aside`` is kept in the base and no longer judged. Raises UsageError."""
    _require(motif)
    with base.write("trancher_doublon", programme.id, operation) as writing:
        if not writing.already_done:
            _keep(writing, programme, kept, aside, "doublon", aside, motif.strip())
            _set_aside(writing, programme, aside, f"Doublon de {kept} : {motif.strip()}")


def reopen(base: Base, programme: Programme, one: str, other: str, operation: str | None = None) -> None:
    """Take back what was said of a pair; the dossier set aside for it is judged again."""
    first, second = sorted((one, other))
    with base.write("rouvrir_doublon", programme.id, operation) as writing:
        if writing.already_done:
            return
        row = writing.cursor.execute(
            "DELETE FROM doublon WHERE programme = ? AND premier = ? AND second = ? RETURNING decision, ecarte",
            [programme.id, first, second],
        ).fetchone()
        if row is None:
            raise UsageError(f"Rien n'a été décidé des dossiers {first} et {second}.")
        if row[1]:
            _put_back(writing, programme, row[1])
        writing.log(f"Dossiers {first} et {second} : décision reprise ({row[0]})", first)


def set_aside(base: Base, programme: Programme, numero: str, motif: str, operation: str | None = None) -> None:
    """Keep a dossier and judge it no longer: withdrawn by its establishment. Raises UsageError."""
    _require(motif)
    with base.write("mettre_de_cote", programme.id, operation) as writing:
        if not writing.already_done:
            _set_aside(writing, programme, numero, motif.strip())


def put_back(base: Base, programme: Programme, numero: str, operation: str | None = None) -> None:
    """Judge again a dossier that a person had set aside. Raises UsageError when none had."""
    with base.write("reprendre_dossier", programme.id, operation) as writing:
        if not writing.already_done and not _put_back(writing, programme, numero):
            raise UsageError(f"Le dossier {numero} n'a pas été mis de côté.")


def _keep(
    writing: Writing, programme: Programme, one: str, other: str, decision: str, aside: str | None, motif: str
) -> None:
    first, second = sorted((one, other))
    if first == second:
        raise UsageError("Un dossier n'est pas le doublon de lui-même : choisissez-en deux.")
    for numero in (first, second):
        _require_dossier(writing, programme, numero)
    known = writing.cursor.execute(
        "SELECT 1 FROM doublon WHERE programme = ? AND premier = ? AND second = ?", [programme.id, first, second]
    ).fetchone()
    if known:
        raise UsageError(f"Les dossiers {first} et {second} ont déjà été tranchés : reprenez d'abord cette décision.")
    writing.cursor.execute(
        "INSERT INTO doublon VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [programme.id, first, second, decision, aside, motif, writing.auteur, writing.quand],
    )
    what = f"doublon, {aside} mis de côté" if aside else "deux dossiers distincts"
    writing.log(f"Dossiers {first} et {second} : {what}. {motif}", first)


def _set_aside(writing: Writing, programme: Programme, numero: str, motif: str) -> None:
    _require_dossier(writing, programme, numero)
    _require_undecided(writing, programme, numero)
    writing.cursor.execute(
        "INSERT OR REPLACE INTO mise_de_cote VALUES (?, ?, ?, ?, ?)",
        [programme.id, numero, motif, writing.auteur, writing.quand],
    )
    writing.log(motif, numero)
    writing.log_changes([Change(numero, None, "mise_de_cote", None, motif)])


def _put_back(writing: Writing, programme: Programme, numero: str) -> bool:
    row = writing.cursor.execute(
        "DELETE FROM mise_de_cote WHERE programme = ? AND numero = ? RETURNING motif", [programme.id, numero]
    ).fetchone()
    if row:
        writing.log("Dossier repris", numero)
        writing.log_changes([Change(numero, None, "mise_de_cote", row[0], None)])
    return row is not None


def _require(motif: str) -> None:
    if not motif.strip():
        raise UsageError("Donnez un motif : il sera relu quand on se demandera pourquoi.")


def _require_dossier(writing: Writing, programme: Programme, numero: str) -> None:
    known = writing.cursor.execute(
        "SELECT 1 FROM dossier WHERE programme = ? AND numero = ?", [programme.id, numero]
    ).fetchone()
    if known is None:
        raise UsageError(f"Le dossier « {numero} » n'est pas dans la base.")


def _require_undecided(writing: Writing, programme: Programme, numero: str) -> None:
    """What a committee has decided on stays where its list and its money say that it is."""
    decided = writing.cursor.execute(
        "SELECT 1 FROM decision WHERE programme = ? AND numero = ? AND statut <> 'propose'", [programme.id, numero]
    ).fetchone()
    if decided:
        raise UsageError(
            f"Le dossier {numero} est déjà décidé : il ne se met plus de côté, c'est sa décision qui se modifie, page Sélection."
        )
