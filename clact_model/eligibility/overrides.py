"""An instructor's verdict in the place of the computed one: with a reason, a name, a time; it survives a re-import."""

from datetime import date

from clact_model.eligibility.judgement import judge
from clact_model.eligibility.reading import judged
from clact_model.eligibility.rules_sql import verdicts
from clact_model.eligibility.words import read_fields
from clact_model.errors import UsageError
from clact_model.programme import Programme
from clact_model.store import Base, Change


def override(
    base: Base,
    programme: Programme,
    today: date,
    numero: str,
    verdict: str,
    motif: str,
    ligne: int | None = None,
    operation: str | None = None,
) -> None:
    """Replace the verdict of a dossier, or of one of its lines.

    Raises UsageError for an unknown dossier, line or verdict, or an empty reason.
    """
    allowed = verdicts("dossier" if ligne is None else "action")
    if verdict not in allowed:
        raise UsageError(f"« {verdict} » n'est pas un verdict (choix : {', '.join(allowed)}).")
    if not motif.strip():
        raise UsageError("Une dérogation demande un motif écrit.")
    with base.write("deroger", programme.id, operation) as writing:
        if writing.already_done:
            return
        dossier = next(iter(judged(judge(writing.cursor, programme, today), [numero])), None)
        if dossier is None:
            raise UsageError(f"Le dossier « {numero} » n'est pas dans la base.")
        target = dossier if ligne is None else next((a for a in dossier.actions if a.ligne == ligne), None)
        if target is None:
            raise UsageError(f"Le dossier « {numero} » n'a pas de ligne {ligne} (il en a {len(dossier.actions)}).")
        watched = read_fields(programme, [answer.rule for answer in target.answers])
        key = (programme.id, numero, ligne or 0)
        writing.cursor.execute("DELETE FROM derogation WHERE programme = ? AND numero = ? AND ligne = ?", key)
        writing.cursor.execute(
            "INSERT INTO derogation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, false)",
            [*key, verdict, target.verdict_calcule, motif.strip(), writing.auteur, writing.quand, watched],
        )
        writing.log(motif.strip(), numero, ligne)
        writing.log_changes([Change(numero, ligne, "verdict", target.verdict, verdict)])


def lift(base: Base, programme: Programme, numero: str, ligne: int | None = None, operation: str | None = None) -> None:
    """Take an override back: the computed verdict holds again. Raises UsageError when there is none."""
    with base.write("lever_derogation", programme.id, operation) as writing:
        if writing.already_done:
            return
        key = [programme.id, numero, ligne or 0]
        row = writing.cursor.execute(
            "SELECT verdict, verdict_calcule FROM derogation WHERE programme = ? AND numero = ? AND ligne = ?", key
        ).fetchone()
        if row is None:
            raise UsageError(f"Aucune dérogation n'est posée sur le dossier « {numero} ».")
        writing.cursor.execute("DELETE FROM derogation WHERE programme = ? AND numero = ? AND ligne = ?", key)
        writing.log("Dérogation levée", numero, ligne)
        writing.log_changes([Change(numero, ligne, "verdict", row[0], row[1])])


def confirm(
    base: Base, programme: Programme, numero: str, ligne: int | None = None, operation: str | None = None
) -> None:
    """The override still holds after the file changed what the overruled rule reads. Raises UsageError when there is none."""
    with base.write("confirmer_derogation", programme.id, operation) as writing:
        if writing.already_done:
            return
        confirmed = writing.cursor.execute(
            "UPDATE derogation SET a_confirmer = false WHERE programme = ? AND numero = ? AND ligne = ? RETURNING numero",
            [programme.id, numero, ligne or 0],
        ).fetchone()
        if confirmed is None:
            raise UsageError(f"Aucune dérogation n'est posée sur le dossier « {numero} ».")
        writing.log("Dérogation confirmée", numero, ligne)
