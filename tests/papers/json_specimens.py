"""The papers of `specimen_papers` in the JSON of web services."""

import json

from specimen_papers import PLANES, TOMATO

_NAMES = [{"given": "Ada", "family": "Frost"}, {"given": "Jörg", "family": "Møller"}]

CSL = [
    {
        "id": "frost2021",
        "type": "article-journal",
        "title": "Knowing When a <i>Tomato</i> is Ripe",
        "container-title": "Gardens",
        "volume": "3",
        "issue": 4,
        "page": "12-34",
        "abstract": TOMATO.abstract,
        "author": _NAMES,
        "editor": [
            {"family": "Berg", "given": "Bo", "non-dropping-particle": "van der", "suffix": "Jr."},
            {"literal": "Snow Consortium"},
        ],
        "issued": {"date-parts": [["2021", 3, 9]]},
        "DOI": "10.5555/tomato.1",
        "URL": TOMATO.url,
        "PMID": "12345",
        "ISSN": "1234-567X",
        "keyword": "tomatoes,films",
        "note": "read in the garden",
    },
    {
        "id": "http://zotero.org/users/1/items/ABC",
        "type": "manuscript",
        "title": PLANES.title,
        "abstract": PLANES.abstract,
        "author": [{"family": "Fold", "given": "Cy"}],
        "issued": {"raw": "2019-05"},
    },
]

EUROPE_PMC = {
    "hitCount": 2,
    "resultList": {
        "result": [
            {
                "id": "12345",
                "source": "MED",
                "pmid": "12345",
                "pmcid": "PMC678",
                "doi": "10.5555/tomato.1",
                "title": f"{TOMATO.title}.",
                "authorString": "Frost A, Møller J.",
                "authorList": {
                    "author": [
                        {"fullName": "Frost A", "firstName": "Ada", "lastName": "Frost"},
                        {"fullName": "Møller J", "firstName": "Jörg", "lastName": "Møller"},
                    ]
                },
                "journalInfo": {"issue": "4", "volume": "3", "journal": {"title": "Gardens"}},
                "pubYear": "2021",
                "pageInfo": "12-34",
                "abstractText": f"<h4>Aim</h4>{TOMATO.abstract}",
                "pubTypeList": {"pubType": ["research-article", "Journal Article"]},
                "firstPublicationDate": "2021-03-09",
            },
            {
                "id": "PPR1",
                "source": "PPR",
                "title": PLANES.title,
                "authorString": "Fold C.",
                "pubYear": "2019",
                "abstractText": PLANES.abstract,
            },
        ]
    },
}

ADS = {
    "responseHeader": {"status": 0},
    "response": {
        "docs": [
            {
                "bibcode": "2021Gard....3...12F",
                "title": [TOMATO.title],
                "author": ["Frost, Ada", "Møller, Jörg"],
                "abstract": TOMATO.abstract,
                "year": "2021",
                "pubdate": "2021-03-00",
                "pub": "Gardens",
                "volume": "3",
                "issue": "4",
                "page_range": "12-34",
                "doctype": "article",
                "doi": ["10.5555/tomato.1"],
                "identifier": ["2021Gard....3...12F", "arXiv:2103.00001"],
                "keyword": ["tomatoes"],
            }
        ]
    },
}

INSPIRE = {
    "hits": {
        "total": 1,
        "hits": [
            {
                "id": "1",
                "metadata": {
                    "control_number": 1,
                    "titles": [{"title": TOMATO.title, "source": "arXiv"}],
                    "abstracts": [{"value": TOMATO.abstract, "source": "arXiv"}],
                    "authors": [{"full_name": "Frost, Ada"}, {"full_name": "Møller, Jörg"}],
                    "arxiv_eprints": [{"value": "2103.00001", "categories": ["cs.CV"]}],
                    "dois": [{"value": "10.5555/tomato.1"}],
                    "publication_info": [
                        {
                            "journal_title": "Gardens",
                            "journal_volume": "3",
                            "page_start": "12",
                            "page_end": "34",
                            "year": 2021,
                        }
                    ],
                    "earliest_date": "2021-03-01",
                    "document_type": ["article"],
                    "texkeys": ["Frost:2021abc"],
                },
            }
        ],
    }
}

OPENREVIEW = {
    "notes": [
        {
            "id": "aB3_x",
            "forum": "aB3_x",
            "cdate": 1614585600000,
            "content": {
                "title": {"value": TOMATO.title},
                "authors": {"value": ["Ada Frost", "Jörg Møller"]},
                "abstract": {"value": TOMATO.abstract},
                "keywords": {"value": ["tomatoes"]},
                "venue": {"value": "GARDEN 2021 poster"},
            },
        },
        {
            "id": "cD4",
            "content": {
                "title": PLANES.title,
                "authors": ["Cy Fold"],
                "abstract": PLANES.abstract,
            },
        },
    ]
}

DATACITE = {
    "data": [
        {
            "id": "10.5555/tomato.1",
            "type": "dois",
            "attributes": {
                "doi": "10.5555/tomato.1",
                "titles": [
                    {"title": "Ripe?", "titleType": "AlternativeTitle"},
                    {"title": TOMATO.title},
                ],
                "creators": [
                    {"name": "Frost, Ada", "givenName": "Ada", "familyName": "Frost"},
                    {"name": "Møller, Jörg"},
                ],
                "descriptions": [
                    {"description": "30 files", "descriptionType": "TechnicalInfo"},
                    {"description": TOMATO.abstract, "descriptionType": "Abstract"},
                ],
                "publicationYear": 2021,
                "publisher": {"name": "Green"},
                "dates": [{"date": "2021-03-09", "dateType": "Issued"}],
                "types": {"resourceTypeGeneral": "Dataset"},
                "url": TOMATO.url,
            },
        }
    ]
}

DIMENSIONS = {
    "publications": [
        {
            "id": "pub.1135000001",
            "title": TOMATO.title,
            "abstract": TOMATO.abstract,
            "authors": [
                {"first_name": "Ada", "last_name": "Frost"},
                {"first_name": "Jörg", "last_name": "Møller"},
            ],
            "journal": {"id": "jour.1", "title": "Gardens"},
            "year": 2021,
            "date": "2021-03-09",
            "doi": "10.5555/tomato.1",
            "type": "article",
            "volume": "3",
        }
    ]
}

DBLP = {
    "result": {
        "query": "tomato",
        "hits": {
            "@total": "1",
            "hit": [
                {
                    "@score": "3",
                    "info": {
                        "authors": {
                            "author": [
                                {"@pid": "1", "text": "Ada Frost 0001"},
                                {"@pid": "2", "text": "Jörg Møller"},
                            ]
                        },
                        "title": f"{TOMATO.title}.",
                        "venue": "Gardens",
                        "volume": "3",
                        "year": "2021",
                        "type": "Journal Articles",
                        "key": "journals/gard/FrostM21",
                        "doi": "10.5555/TOMATO.1",
                    },
                }
            ],
        },
    }
}

JSON_SPECIMENS: dict[str, bytes] = {
    f"{name}.json": json.dumps(value, ensure_ascii=False).encode()
    for name, value in {
        "csl": CSL,
        "europe-pmc": EUROPE_PMC,
        "ads": ADS,
        "inspire": INSPIRE,
        "openreview": OPENREVIEW,
        "datacite": DATACITE,
        "dimensions": DIMENSIONS,
        "dblp": DBLP,
    }.items()
}
