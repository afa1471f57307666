"""Invented dossiers of the four calls. Nothing here is read by the product: it reads only the workbooks made from it."""
