"""The papers of `specimen_papers` as text and tables, as other programs write them."""

from specimen_papers import PLANES, TOMATO

_HALF = TOMATO.abstract.index(" the films")
_FIRST, _SECOND = TOMATO.abstract[:_HALF].rstrip(), TOMATO.abstract[_HALF:].lstrip()

ENW = f"""%0 Journal Article
%A Frost, Ada
%A Møller, Jörg
%T {TOMATO.title}
%J Gardens
%V 3
%N 4
%P 12-34
%D 2021
%8 March 9, 2021
%@ 1234-567X
%K tomatoes
films
%X {_FIRST}
{_SECOND}
%R 10.5555/tomato.1
%U http://arxiv.org/abs/2103.00001v2

%0 Generic
%A Cy Fold
%T {PLANES.title}
%D 2019
%X {PLANES.abstract}
"""

WEB_OF_SCIENCE = f"""FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Frost, A
   Møller, J
AF Frost, Ada
   Møller, Jörg
TI Knowing When a
   Tomato is Ripe
SO GARDENS
LA English
DT Article
DE tomatoes; films
AB {_FIRST}
   {_SECOND}
SN 1234-567X
PD MAR 9
PY 2021
VL 3
IS 4
BP 12
EP 34
DI 10.5555/tomato.1
UT WOS:000123
PM 12345
ER

PT J
AU Fold, C
AF Fold, Cy
TI {PLANES.title}
AB {PLANES.abstract}
PY 2019
UT WOS:000124
ER

EF
"""

SCOPUS = (
    "\ufeff"
    '"Authors","Author full names","Author(s) ID","Title","Year","Source title","Volume","Issue",'
    '"Art. No.","Page start","Page end","Page count","Cited by","DOI","Link","Abstract",'
    '"Author Keywords","Index Keywords","Editors","Publisher","ISSN","ISBN","PubMed ID",'
    '"Language of Original Document","Document Type","Source","EID"\n'
    f'"Frost A.; Møller J.","Frost, Ada (571); Møller, Jörg (572)","571; 572","{TOMATO.title}",'
    f'"2021","Gardens","3","4","","12","34","22","7","10.5555/tomato.1","{TOMATO.url}",'
    f'"{TOMATO.abstract}","tomatoes; films","Fruit","","Green","1234567X","","12345","English",'
    '"Article","Scopus","2-s2.0-1"\n'
    f'"Fold C.","Fold, Cy (573)","573","{PLANES.title}","2019","","","","","","","","","","",'
    f'"{PLANES.abstract}","","","","","","","","","","Scopus","2-s2.0-2"\n'
    '"","","","Without an Abstract","","","","","","","","","","","","[No abstract available]","",'
    '"","","","","","","","","",""\n'
)

CITATION_FILE = f"""cff-version: 1.2.0
message: Please cite the paper.
title: RedGuess
authors:
  - name: The Gardeners
preferred-citation:
  type: article
  title: {TOMATO.title}
  abstract: >-
    {TOMATO.abstract}
  authors:
    - family-names: Frost
      given-names: Ada
    - family-names: Møller
      given-names: Jörg
  year: 2021
  doi: 10.5555/tomato.1
  url: {TOMATO.url}
"""

TEXT_SPECIMENS: dict[str, bytes] = {
    "refs.enw": ENW.encode(),
    "savedrecs.txt": WEB_OF_SCIENCE.encode(),
    "scopus.csv": SCOPUS.encode(),
    "CITATION.cff": CITATION_FILE.encode(),
}
