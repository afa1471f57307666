"""The menu, and how it is served. `streamlit run app.py` imports this file for the server, then runs it for each visitor."""

from pathlib import Path

import streamlit as st

PAGES = Path(__file__).parent / "pages"
SIDEBAR = 300
"""Pixels: the longest name of a call, whole."""
MENU = {
    "Campagne": {
        "campagne/tableau_de_bord.py": ("Tableau de bord", ":material/dashboard:"),
        "campagne/importer.py": ("Importer", ":material/upload_file:"),
        "campagne/references.py": ("Références", ":material/menu_book:"),
        "campagne/regles.py": ("Règles", ":material/gavel:"),
    },
    "Instruction": {
        "instruction/dossiers.py": ("Dossiers", ":material/table_rows:"),
        "instruction/fiche_dossier.py": ("Fiche dossier", ":material/description:"),
        "instruction/recevabilite.py": ("Recevabilité", ":material/checklist:"),
        "instruction/doublons.py": ("Doublons", ":material/content_copy:"),
    },
    "Arbitrage": {
        "arbitrage/priorites.py": ("Priorités", ":material/format_list_numbered:"),
        "arbitrage/enveloppe.py": ("Enveloppe", ":material/account_balance_wallet:"),
        "arbitrage/regles_a_l_essai.py": ("Règles à l'essai", ":material/science:"),
        "arbitrage/scenarios.py": ("Scénarios", ":material/compare_arrows:"),
        "arbitrage/selection.py": ("Sélection", ":material/playlist_add_check:"),
    },
    "Suivi": {
        "suivi/conventions_et_versements.py": ("Conventions et versements", ":material/contract:"),
        "suivi/consommation.py": ("Consommation", ":material/trending_up:"),
        "suivi/echeances.py": ("Échéances", ":material/event:"),
        "suivi/reaffectation.py": ("Réaffectation", ":material/redo:"),
        "suivi/bilan_et_impact.py": ("Bilan et impact", ":material/monitoring:"),
    },
}

if __name__ == "__main__":
    from pages.components import blank_day, day_choice, sidebar

    # Before the menu: else the browser's tab takes the icon of the page, which Streamlit fetches from Google.
    st.set_page_config(page_icon="🤝", layout="wide", initial_sidebar_state=SIDEBAR)
    pages = {
        section: [st.Page(PAGES / file, title=title, icon=icon) for file, (title, icon) in entries.items()]
        for section, entries in MENU.items()
    }
    page = st.navigation(pages, position="hidden")
    st.set_page_config(page_title=f"{page.title} · CLACT")
    blank_day.in_french()
    menu = st.sidebar.container()
    sidebar.programme_choice()
    day_choice.choice()
    with menu:
        sidebar.menu(pages)
    sidebar.author()
    sidebar.notices()
    if page in pages["Suivi"]:
        day_choice.suggest_follow_up()
    page.run()
    sidebar.foot()
else:
    # Streamlit finds this name in the file and serves it, whoever starts it and however.
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.starlette import App

    from pages.components import messages, security, shell, warming

    # The folder pages/ is ours. Until st.navigation has run once, Streamlit would take it for its older way of finding
    # pages, and answer a first visit by a deep link with « Page not found ».
    PagesManager.uses_pages_directory = False
    warming.start()

    home, *others = [f"/{Path(file).stem}" for entries in MENU.values() for file in entries]
    app = App(
        __file__,
        routes=shell.routes(home, others),
        middleware=security.middleware(),
        on_script_error=messages.on_script_error,
    )
