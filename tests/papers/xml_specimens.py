"""The papers of `specimen_papers` in XML, as other programs write it."""

from specimen_papers import PLANES, TOMATO

_HALF = TOMATO.abstract.index(" the films")
_WRAPPED = f"{TOMATO.abstract[:_HALF]}\n        {TOMATO.abstract[_HALF:].lstrip()}"

ENDNOTE = f"""<?xml version="1.0" encoding="UTF-8" ?>
<xml><records><record><database name="My.enl" path="My.enl">My.enl</database>
<source-app name="EndNote" version="20.0">EndNote</source-app><rec-number>1</rec-number>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Frost, Ada</style></author>
<author><style face="normal">Møller, Jörg</style></author></authors></contributors>
<titles><title><style face="normal">Knowing When a </style><style face="italic">Tomato</style>
<style face="normal"> is Ripe</style></title><secondary-title>Gardens</secondary-title></titles>
<periodical><full-title>Gardens</full-title></periodical><pages>12-34</pages><volume>3</volume>
<number>4</number><keywords><keyword>tomatoes</keyword><keyword>films</keyword></keywords>
<dates><year>2021</year><pub-dates><date>Mar 9</date></pub-dates></dates><isbn>1234-567X</isbn>
<abstract><style face="normal">{_WRAPPED}</style></abstract>
<urls><related-urls><url>http://arxiv.org/abs/2103.00001v2</url></related-urls></urls>
<electronic-resource-num>10.5555/tomato.1</electronic-resource-num></record>
<record><ref-type name="Generic">13</ref-type><contributors><authors><author>Fold, Cy</author>
</authors></contributors><titles><title>{PLANES.title}</title></titles><dates><year>2019</year>
</dates><abstract>{PLANES.abstract}</abstract></record></records></xml>
"""

ZOTERO_RDF = f"""<rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
    <bib:Article rdf:about="http://arxiv.org/abs/2103.00001v2">
        <z:itemType>journalArticle</z:itemType>
        <dcterms:isPartOf rdf:resource="urn:issn:1234-567X"/>
        <bib:authors><rdf:Seq>
            <rdf:li><foaf:Person><foaf:surname>Frost</foaf:surname>
                <foaf:givenName>Ada</foaf:givenName></foaf:Person></rdf:li>
            <rdf:li><foaf:Person><foaf:surname>Møller</foaf:surname>
                <foaf:givenName>Jörg</foaf:givenName></foaf:Person></rdf:li>
        </rdf:Seq></bib:authors>
        <dcterms:isReferencedBy rdf:resource="#item_3"/>
        <link:link rdf:resource="#item_2"/>
        <dc:subject><z:AutomaticTag><rdf:value>films</rdf:value></z:AutomaticTag></dc:subject>
        <dc:subject>tomatoes</dc:subject>
        <dc:title>{TOMATO.title}</dc:title>
        <dcterms:abstract>{_WRAPPED}</dcterms:abstract>
        <dc:date>2021-03-09</dc:date>
        <dc:identifier><dcterms:URI><rdf:value>http://arxiv.org/abs/2103.00001v2</rdf:value>
            </dcterms:URI></dc:identifier>
        <bib:pages>12-34</bib:pages>
    </bib:Article>
    <bib:Journal rdf:about="urn:issn:1234-567X">
        <prism:volume>3</prism:volume>
        <dc:title>Gardens</dc:title>
        <dc:identifier>DOI 10.5555/tomato.1</dc:identifier>
        <prism:number>4</prism:number>
        <dc:identifier>ISSN 1234-567X</dc:identifier>
    </bib:Journal>
    <z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType>
        <dc:title>Snapshot</dc:title></z:Attachment>
    <bib:Memo rdf:about="#item_3"><rdf:value>Private: ask Bo.</rdf:value></bib:Memo>
    <rdf:Description rdf:about="#item_4">
        <z:itemType>document</z:itemType>
        <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Fold</foaf:surname>
            <foaf:givenName>Cy</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
        <dc:title>{PLANES.title}</dc:title><dcterms:abstract>{PLANES.abstract}</dcterms:abstract>
        <dc:date>2019</dc:date>
    </rdf:Description>
</rdf:RDF>
"""

JATS = f"""<?xml version="1.0"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS Archiving DTD v1.3//EN" "JATS-archive.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" article-type="research-article" xml:lang="en">
<front><journal-meta><journal-id journal-id-type="nlm-ta">Gard</journal-id>
<journal-title-group><journal-title>Gardens</journal-title></journal-title-group>
<issn pub-type="ppub">1234-567X</issn><publisher><publisher-name>Green</publisher-name></publisher>
</journal-meta><article-meta><article-id pub-id-type="pmid">12345</article-id>
<article-id pub-id-type="pmc">678</article-id>
<article-id pub-id-type="doi">10.5555/tomato.1</article-id>
<title-group><article-title>Knowing When a <italic>Tomato</italic> is Ripe<xref>*</xref>
</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Frost</surname>
<given-names>Ada</given-names></name><xref ref-type="aff">1</xref></contrib>
<contrib contrib-type="author"><name><surname>M&oslash;ller</surname>
<given-names>Jörg</given-names></name></contrib>
<contrib contrib-type="editor"><name><surname>Bed</surname><given-names>Bo</given-names></name>
</contrib></contrib-group>
<pub-date pub-type="ppub"><month>4</month><year>2021</year></pub-date>
<pub-date pub-type="epub"><day>9</day><month>3</month><year>2021</year></pub-date>
<volume>3</volume><issue>4</issue><fpage>12</fpage><lpage>34</lpage>
<abstract abstract-type="teaser"><p>Ripe or not?</p></abstract>
<abstract><title>Abstract</title><p>{_WRAPPED}</p></abstract>
<kwd-group><title>Keywords</title><kwd>tomatoes</kwd><kwd>films</kwd></kwd-group>
</article-meta></front><body><sec><title>Introduction</title><p>Tomatoes are red.</p></sec></body>
</article>
"""

MODS = f"""<?xml version="1.0" encoding="UTF-8"?>
<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods ID="frost-moller-2021-knowing">
<titleInfo><title>{TOMATO.title}</title></titleInfo>
<name type="personal"><namePart type="given">Ada</namePart><namePart type="family">Frost</namePart>
<role><roleTerm authority="marcrelator" type="text">author</roleTerm></role></name>
<name type="personal"><namePart type="given">Jörg</namePart>
<namePart type="family">Møller</namePart><role><roleTerm type="text">author</roleTerm></role></name>
<originInfo><dateIssued>2021-03</dateIssued></originInfo><typeOfResource>text</typeOfResource>
<relatedItem type="host"><titleInfo><title>Proceedings of Gardens</title></titleInfo>
<name type="personal"><namePart type="given">Bo</namePart><namePart type="family">Bed</namePart>
<role><roleTerm type="text">editor</roleTerm></role></name>
<originInfo><publisher>Green</publisher></originInfo>
<genre authority="marcgt">conference publication</genre></relatedItem>
<abstract>{TOMATO.abstract}</abstract><identifier type="citekey">frost-2021</identifier>
<identifier type="doi">10.5555/tomato.1</identifier><identifier type="arxiv">2103.00001</identifier>
<location><url>http://arxiv.org/abs/2103.00001v2</url></location>
<part><date>2021-03</date><extent unit="page"><start>12</start><end>34</end></extent></part></mods>
<mods><titleInfo><title>Creases</title>
<subTitle>On the Flight of Paper Planes</subTitle></titleInfo>
<name><namePart>Fold, Cy</namePart></name><originInfo><dateIssued>2019</dateIssued></originInfo>
<abstract>{PLANES.abstract}</abstract></mods></modsCollection>
"""

DBLP = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<article mdate="2022-01-01" key="journals/gard/FrostM21">
<author>Ada Frost 0001</author><author>J&ouml;rg M&oslash;ller</author>
<title>Knowing When a <i>Tomato</i> is Ripe.</title>
<pages>12-34</pages><year>2021</year><volume>3</volume><journal>Gardens</journal><number>4</number>
<ee type="oa">http://arxiv.org/abs/2103.00001v2</ee><ee>https://doi.org/10.5555/tomato.1</ee>
</article>
<www key="homepages/f/AdaFrost"><author>Ada Frost</author><title>Home Page</title></www>
<inproceedings key="conf/fly/Fold19"><author>Cy Fold</author>
<title>Creases: On the Flight of Paper Planes.</title><year>2019</year><booktitle>FLY</booktitle>
</inproceedings>
</dblp>
"""

OAI_PMH = f"""<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2022-01-01</responseDate>
<ListRecords>
<record><header><identifier>oai:example.org:1</identifier><datestamp>2022-01-01</datestamp></header>
<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TOMATO.title}</dc:title>
<dc:creator>Frost, Ada</dc:creator><dc:creator>Møller, Jörg</dc:creator>
<dc:subject>tomatoes</dc:subject><dc:description>{_WRAPPED}</dc:description>
<dc:description>Comment: 9 pages</dc:description><dc:date>2021-03-01</dc:date>
<dc:type>info:eu-repo/semantics/article</dc:type>
<dc:identifier>http://arxiv.org/abs/2103.00001v2</dc:identifier>
<dc:identifier>doi:10.5555/tomato.1</dc:identifier></oai_dc:dc></metadata></record>
<record><header status="deleted"><identifier>oai:example.org:2</identifier></header></record>
<record><header><identifier>oai:arXiv.org:1905.00002</identifier></header>
<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>1905.00002</id>
<created>2019-05-01</created><authors><author><keyname>Fold</keyname><forenames>Cy</forenames>
</author></authors><title>{PLANES.title}</title><categories>physics.pop-ph cs.RO</categories>
<abstract>{PLANES.abstract}</abstract></arXiv></metadata></record>
<record><header><identifier>oai:example.org:4</identifier></header>
<metadata><marc:record xmlns:marc="http://www.loc.gov/MARC21/slim"/></metadata></record>
<resumptionToken>next</resumptionToken></ListRecords></OAI-PMH>
"""

RSS = f"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 version="2.0"><channel><title>cs.CV updates on arXiv.org</title><link>http://arxiv.org</link>
<item><title>{TOMATO.title}</title><link>http://arxiv.org/abs/2103.00001v2</link>
<description>arXiv:2103.00001v2 Announce Type: new
Abstract: {_WRAPPED}</description><guid isPermaLink="false">oai:arXiv.org:2103.00001v2</guid>
<category>cs.CV</category><pubDate>Mon, 01 Mar 2021 00:00:00 -0500</pubDate>
<arxiv:DOI>10.5555/tomato.1</arxiv:DOI>
<dc:creator>Ada Frost, Jörg Møller</dc:creator></item>
<item><title>{PLANES.title}</title><link>https://arxiv.org/abs/1905.00002</link>
<description>{PLANES.abstract}</description><dc:creator>Cy Fold</dc:creator>
<pubDate>Wed, 01 May 2019 00:00:00 GMT</pubDate></item>
<item><title>The feed has moved</title><link>https://example.org</link></item>
</channel></rss>
"""

XML_SPECIMENS: dict[str, bytes] = {
    "endnote.xml": ENDNOTE.encode(),
    "zotero.rdf": ZOTERO_RDF.encode(),
    "article.nxml": JATS.encode(),
    "anthology.mods": MODS.encode(),
    "dblp.xml": DBLP.encode(),
    "oai.xml": OAI_PMH.encode(),
    "feed.rss": RSS.encode(),
}
