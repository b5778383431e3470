"""Word lists of the Dutch analyser: data only, no logic.

Raise ANALYSER_VERSION in analysis.py after a change to a list that the index depends on
(ATTACHABLE, NEVER_A_PART, WHOLE_WORDS, KEEPS_ES).
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that say nothing about the subject. They are indexed all the same, for titles
# such as "Gewoon Doen", and count in a question only when no other word is left.
STOP_WORDS = _words("""
    aan al alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus
    een eens en er ge geen geweest haar had heb hebben heeft hem het hier hij hoe hun iemand
    iets ik in is ja je jij jullie kan kon kunnen maar me meer men met mij mijn moet na naar
    niet niets nog nu of om omdat onder ons onze ook op over reeds te tegen toch toen tot u uit
    uw van vanaf veel voor vaak want waren was wat we wel werd wezen wie wil wij willen
    worden wordt zal ze zelf zich zij zijn zo zonder zou zullen
""")

# Stop words that turn a phrase around: "geen werk" is not about "werk".
NEGATIONS = _words("niet geen zonder")

# Whom it is about says nothing about the subject: "mensen met een handicap".
ANYBODY = _words("iemand mens mensen persoon personen")

# What every practice of the field gives: "hulp bij schulden" is about "schulden".
AID = _words("help helpen helpt hulp")

# What people wrap a question in. Left out of a question, never out of the index.
FILLER = _words("""
    hoe waarom wanneer waar waarmee waardoor welk welke wie wat hoeveel graag bestaat bestaan
    kun kunt kan mag moeten ga gaan gaat doe doet doen krijg krijgen krijgt geef geeft geven
    zoek zoeken zoekt vind vinden vindt ken kent weet weten heb hebt heeft zit zitten zorg
    voorkom voorkomen lukt lukken maak maakt maken komt komen laat laten raken raakt wil wilt
    dingen ding manier manieren iemand iemands mensen mens persoon personen anders beter goed
    goede heel erg echt snel nieuw nieuwe allemaal samen weer steeds al helpt helpen help hulp
    informatie voorbeeld voorbeelden praktijk praktijken initiatief initiatieven project
    projecten aanpak gemeente gemeenten nederland regio
    tips ervaring ervaringen ergens binnen buiten tijdens tussen per bij zonder
""")

# Compounds are split into words of general Dutch; these are added by hand because they
# are too short, too new or too much of this field for a general list.
ATTACHABLE = _words("""
    baan bbz begeleider bus cao coach client cooperatie cooperaties dag detachering doel
    doelgroep dorp dorps geld ggz gids groep groen hof huis hub hulp intake jeugd jobcoach
    kaart kans klant klein klus koers kring leer leef les lokaal loket loon maat maatje maatjes
    makelaar mantel mbo mens middel midden minima nieuw noord nugger nuggers ontwikkel oost
    opstap ouder ouders pact park parel passend pilot plan plaats plek poort poule praat pro
    raad regel reis route ruil ruimte schuld schulden schuldhulp sociaal sport stad stap
    status statushouder statushouders steun stip taak taal team thuis toets traject trap tuin
    uitkering uwv vacature vak veld vervoer vlieg vmbo voedsel vrij vrijwilliger vrijwilligers
    verlening vso wajong werk werkgever werkgevers wet wijk wmo wsw zelf zij zijn zorg zuid zzp
""") - {"zij", "zijn", "nieuw"}

# Never a part of a compound: prepositions, prefixes, suffixes, and short words that other
# words happen to end or begin with.
NEVER_A_PART = _words("""
    aan achter af bij bijv binnen boven buiten door langs mede met na naar naast neer onder om
    op over same samen tegen terug toe tot tussen uit van vanaf vast verder voor voort vol
    weer weg zonder heen rond rondom mis heid lijk baar loos loze lozen schap ling atie ring
    rings king sing ding ning rijk rijke matig matige achtig waarts gen ten den ver ont her
    even haar hun deze dat die dit het een twee drie vier vijf zes tien ander andere alle
    alles iets elkaar eind tal ster vers rust slag gest gels lier lang lange stelt steld
    deelt zien nemen neemt houden houdt brengen zetten zette staan staand staande ligt leggen
    komen kunnen maken maakt gaan gaat geven geeft lopen loopt recht rechte spreken sprak
    halen haalt trekken trekt werpen tijds groot grote ende eren ellen eraf inge inter para
    psycho techno steam ming poot mijn klei vraagt genoten same side pass oude iver erven
    eend eden erin erop eruit ervan hang zaak teleur tellen stellen stelling richt dienen
    logische loog ernst rente liggen liggende burg nood teit iteit eel ele elen isme sche
    rank rente rede reden rijp rage rand rang vang kend kent mond sinds onze inde ensen kort
""")

# Words that look like compounds and are not, or not in a sense that helps.
WHOLE_WORDS = _words("""
    achterstand belangstelling bijverdienen brainport datascience donderberg eigenschap
    eigenschappen gemeenschap gesprekken heuvelland hulpmiddel kerkrade landgraaf maatregel
    maatregelen maatschappij maatschappelijk mijnstreek noodzaak paragraaf parkstad passende
    psycholoog roermond sluitende startdatum startjaar teleurstelling teleurstellingen
    uitgangspunt uitgangspunten universiteit vraagstuk vraagstukken werkwijze werkwijzen
    wisselende zingeving voorstelling vrijstelling werkgelegenheid gelegenheid speerpunt
    speerpunten
""")

# Words on -es whose e belongs to the stem.
KEEPS_ES = _words("proces succes adres congres les mes zes expres")
