"""How a programme is written, for who opens one for the first time."""

import streamlit as st

_WORDS = """
Un programme est un texte de lignes « nom = valeur », rangées sous des titres entre crochets. Un texte se met entre
guillemets ; une date s'écrit `2026-05-10` ; 50 % s'écrit `0.50` ; 4 M€ s'écrit `4_000_000` ; ce qui suit `#` est un commentaire.

| pour changer | cherchez (Ctrl+F) | et modifiez |
| --- | --- | --- |
| un taux, un plafond, une date limite | `[parametres.…]` | `valeur` |
| une règle | `[[regle]]` et son `id` | `condition` (ce qui doit être vrai), `sinon` (ce qui suit quand c'est faux), `message` |
| le calendrier | `[[calendrier]]` | `debut`, `fin` |
| une priorité | `[[critere]]` | `valeur`, `poids` |
| l'enveloppe | `enveloppe`, en haut | le montant |

- **À chaque changement, augmentez `version`** : ce qui a été décidé sous l'ancien texte garde la sienne.
- **Chaque règle cite l'appel** : `citation` reprend ses mots exacts, qui sont cherchés dans le texte de l'appel.
- **Une réponse absente n'est ni un oui ni un non** : la règle reste sans réponse et le dossier est « à vérifier ».
- Une condition nomme les colonnes du dictionnaire, les paramètres (`$taux`) et les signes `AND OR NOT = <> < <= > >= IN`.
"""
_EXAMPLE = """[[regle]]
id = "ex-rib"
niveau = "dossier"                  # ou action : chaque ligne du dossier
libelle = "RIB joint"
condition = "rib"                   # un oui/non s'écrit seul
sinon = "irrecevable"               # ou sursis, a_completer, a_verifier
message = "Le RIB n'est pas joint."
citation = { source = "cahier_des_charges.txt", texte = "RIB à jour" }
"""


def show() -> None:
    """The essentials, folded."""
    with st.expander("Comment s'écrit un programme", icon=":material/menu_book:"):
        st.markdown(_WORDS)
        st.code(_EXAMPLE, language="toml")
        st.caption("Le guide complet, avec toutes les clés : docs/ecrire_un_programme.md, dans le dossier de l'outil.")
