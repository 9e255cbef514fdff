"""Word lists of the made-up titles, albums and artists.

A phrase is a head, a tail and an ending, set together as they stand: heads end with the blank
they need, endings begin with it. The lists were written for this project; a likeness to anything
released is chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


def _listed(text: str) -> tuple[str, ...]:
    return tuple(entry.strip() for entry in text.split(","))


def _heads(text: str) -> tuple[str, ...]:
    return tuple(f"{entry} " for entry in _listed(text))


@dataclass(frozen=True, slots=True)
class Language:
    """Word lists of one language: heads, tails and endings, of titles and of artists."""

    heads: tuple[str, ...]
    tails: tuple[str, ...]
    endings: tuple[str, ...]
    artist_heads: tuple[str, ...]
    artist_tails: tuple[str, ...]
    artist_endings: tuple[str, ...]


LANGUAGES: Final[Mapping[str, Language]] = {
    "en": Language(
        heads=("", *_heads("""
            The Last, The Other, Another, One More, Almost, Only, Paper, Silver, Velvet, Copper,
            Hollow, Quiet, Broken, Golden, Borrowed, Midnight, Electric, Wild, Slow, Tender, Salt,
            Glass, Northern, Distant, Faded, Crooked, Burning, Frozen, Gentle, Restless, Secret,
            Second, Seven, Empty, Holy, Lonely, Neon, Open, Painted, Rusty, Scarlet, Sleeping,
            Stolen, Sudden, Sunday, Tiny, Tangled, Summer, Winter, After the, Before the,
            Beyond the, Under the, Chasing the, Leaving the, Counting the, Breaking the,
            Carry the, Follow the, Forgive the, Hold the, Kiss the, Lose the, Remember the,
            Ride the, Save the, Waiting on the, Where's the, Without the, My Own, Your Own,
            No More, Nothing but, Dear
        """)),
        tails=_listed("""
            Harbour, River, Window, Morning, Heart, Road, Garden, Signal, Letter, Lantern,
            Mountain, Ocean, Mirror, Season, Station, Thunder, Shadow, Promise, Parade, Orchard,
            Meadow, Kingdom, Horizon, Highway, Hallway, Feather, Ember, Echo, Daylight, Curtain,
            Compass, Candle, Bridge, Bottle, Avenue, Anchor, Weather, Whisper, Valley, Traveller,
            Tide, Story, Stranger, Staircase, Sparrow, Skyline, Silence, Rooftop, Rhythm, Rain,
            Postcard, Piano, Photograph, Night, Needle, Neighbour, Moon, Memory, Machine, Lullaby,
            Lighthouse, Ladder, Island, Houseplant, Hurricane, Gravity, Ghost, Firefly, Engine,
            Dancer, Crown, Cloud
        """),
        endings=("", "", "", "", *(f" {e}" for e in _listed("""
            Tonight, Again, in the Dark, in Blue, at Dawn, of Ours, and Me, Like This, Song,
            for Two, in June, on Fire, No. 5, to Nowhere, Once More, Forever
        """))),
        artist_heads=_heads("""
            The Paper, The Velvet, Harbour, Northern, The Copper, Little, Young, Saint, Cousin,
            Doctor, Captain, Miss, The Second, Silver, Hollow, The Gentle, Maren, Tobin, Elsie,
            Corwin, Wren, Idris, Juno, Callum, Odette, Linus, Marlow, Petra, Quill, Rosalind,
            Silas, Thea, Vesper, Winslow, Ansel, Briar, Dorian, Edda, Fenn, Greer, Harlan, Isolde,
            Jasper, Keziah
        """),
        artist_tails=_listed("""
            Ash, Brack, Bram, Calder, Cope, Dray, Dun, Elder, Even, Fair, Fen, Gal, Gor, Hart,
            Hob, Iron, Keld, Lark, Mar, Nether, Oak, Pem, Quill, Raven, Salt, Thorn, Under, Ven,
            Wex, Yar
        """),
        artist_endings=_listed("""
            by, combe, croft, dale, den, field, ford, gate, ham, hurst, ington, land, ley, low,
            mere, more, ridge, shaw, stead, stone, thorpe, ton, well, wood
        """),
    ),
    "es": Language(
        heads=("", *_heads("""
            Noche de, Canción de, Sin, Bajo tanta, Entre, Mi, Tu, Cerca de, Lejos de, Calle,
            Otra vez, Vuelve, Dame, Baila, Quiero, Corazón de, Ojos de, Sueño de, Camino de,
            Tarde de, Donde hay, Cuando llega, Mil veces, Solo, Adiós, Siempre, Nunca fue,
            Besos de, Tierra de, Cada
        """)),
        tails=_listed("""
            Luna, Fuego, Mar, Arena, Lluvia, Sal, Verano, Madrugada, Ceniza, Miel, Plata, Viento,
            Ciudad, Niebla, Azúcar, Canela, Guitarra, Enero, Sombra, Espuma, Aurora, Nieve, Limón,
            Trueno, Piel, Marea, Cobre, Jazmín, Abril, Soledad
        """),
        endings=("", "", "", *(f" {e}" for e in _listed("""
            y Sal, en Abril, otra vez, para dos, de Nadie, sin Ti, contigo, al Amanecer,
            y Nada más, en la Orilla, mía
        """))),
        artist_heads=_heads("""
            Los, Grupo, Nueva, Don, Hermanos, Inés, Joaquín, Marisol, Nahuel, Ximena, Ulises,
            Pilar, Octavio, Lucero, Ciro, Amparo, Baltasar, Estela, Fermín, Graciela
        """),
        artist_tails=_listed("""
            Agua, Campo, Cerro, Fuente, Monte, Peña, Piedra, Puerto, Sierra, Torre, Valle, Villa
        """),
        artist_endings=_listed("""
            alba, alto, bravo, claro, dorado, frío, luna, mar, nuevo, seco, verde, viento
        """),
    ),
    "pt": Language(
        heads=("", *_heads("""
            Noite de, Samba de, Sem, Minha, Meu, Tanta, Saudade de, Longe de, Perto de, Quero,
            Dança, Cheiro de, Olhos de, Rua de, Depois de, Cada, Toda, Outra vez, Volta, Canto de,
            Manhã de, Chuva de, Um pouco de, Nunca mais
        """)),
        tails=_listed("""
            Lua, Mar, Areia, Chuva, Sal, Verão, Madrugada, Cinza, Mel, Prata, Vento, Cidade,
            Neblina, Açúcar, Canela, Violão, Janeiro, Sombra, Maré, Jasmim, Limão, Trovão, Pele,
            Coração, Varanda
        """),
        endings=("", "", "", *(f" {e}" for e in _listed("""
            e Sal, em Abril, de novo, para dois, de Ninguém, sem Você, no Cais, ao Luar,
            e Nada mais
        """))),
        artist_heads=_heads("""
            Os, Banda, Dona, Seu, Trio, Irmãos, Tainá, Caetana, Rui, Iracema, Jonas, Lívia,
            Moacir, Nara Lu, Otávio, Zilda
        """),
        artist_tails=_listed("""
            Campo, Fonte, Lagoa, Mar, Monte, Pedra, Porto, Rio, Serra, Vila
        """),
        artist_endings=_listed("""
            alto, branca, clara, doce, escura, funda, longa, nova, rosa, verde
        """),
    ),
    "fr": Language(
        heads=("", *_heads("""
            Sans, Rue de la, Chanson de la, Sous la, Ma, Ta, Loin de la, Près de la, Encore la,
            Toute la, Après la, Avant la, Reviens, Rien que la, Adieu, Dans la, Vers la, Petite,
            Voici la, Même la, Parfois la, Jamais la
        """)),
        tails=_listed("""
            Lune, Pluie, Nuit, Mer, Fenêtre, Ville, Neige, Lumière, Brume, Fumée, Rivière, Gare,
            Forêt, Chambre, Musique, Mémoire, Saison, Route, Lettre, Danse, Marée, Fête, Cendre,
            Voix
        """),
        endings=("", "", "", *(f" {e}" for e in _listed("""
            en Hiver, encore, à Deux, du Soir, sans Toi, et Moi, bleue, de Mai, qui Danse, perdue
        """))),
        artist_heads=_heads("""
            Les, Mademoiselle, Bastien, Clémence, Éloïse, Fabrice, Gaspard, Honorine, Léonie,
            Maxence, Noémie, Orphée, Solène, Théodore, Victoire, Yann
        """),
        artist_tails=_listed("""
            Beau, Chante, Fleur, Font, Grand, Haute, Mire, Noir, Petit, Roche, Saint, Val
        """),
        artist_endings=_listed("""
            bois, champ, clair, court, lune, mont, pierre, rive, roy, teuil, vent, ville
        """),
    ),
    "de": Language(
        heads=("", *_heads("""
            Ohne, Zwischen, Nur, Mehr, Nichts als, Lied vom, Kein, Wie, Viel, Wieder, Immer,
            Hinter, Über, Unter, Gegen, Nach dem, Vor dem, Genug, Fast, Noch mehr
        """)),
        tails=_listed("""
            Regen, Licht, Schnee, Glas, Wind, Sommer, Morgen, Rauch, Staub, Fluss, Himmel, Abend,
            Asphalt, Herbst, Nebel, Mond, Garten, Sturm, Winter, Beton, Donner, Spiegel,
            Funkenflug, Mai
        """),
        endings=("", "", "", *(f" {e}" for e in _listed("""
            im Mai, und Glas, am Morgen, in Blau, für zwei, ohne Dich, und ich, bei Nacht, am Meer
        """))),
        artist_heads=_heads("""
            Die, Kapelle, Frau, Herr, Anselm, Birte, Cordula, Detlev, Enno, Frauke, Gesine,
            Henrike, Ingmar, Jorinde, Kaspar, Liselott
        """),
        artist_tails=_listed("""
            Ahorn, Birken, Eichen, Falken, Grün, Hafen, Kiesel, Linden, Nacht, Ost, Stern, Wald
        """),
        artist_endings=_listed("""
            bach, berg, feld, hof, licht, mann, moos, stein, tal, ufer, wiese, wind
        """),
    ),
    "ja": Language(
        heads=("", *_listed("""
            夜の, 青い, 君と, 最後の, 遠い, 夏の, 冬の, 小さな, 眠れない, 透明な, 雨と, 二人の,
            消えた, 見えない, 白い, 春を待つ, 名もない, 夕暮れの, 終わらない, はじめての
        """)),
        tails=_listed("""
            海, 花火, 手紙, 駅, 窓, 星, 風, 電車, 約束, 月, 影, 街, 旅, 雪, 声, 夢, 橋, 地図, 鏡,
            メロディ, ソーダ, ネオン, ラジオ, カーテン
        """),
        endings=("", "", "", *_listed("""
            まで, だけ, から, のうた, と僕, の中で, へ, の朝, をさがして
        """)),
        artist_heads=_heads("""
            Hoshino, Kazamori, Minase, Tsukishiro, Aozora, Yukimura, Shirane, Kirishima, Amano,
            Hanakage, Mizutori, Natsume, Orihara, Soraki, Tachimori, Umino
        """),
        artist_tails=_listed("""
            Akari, Haruto, Itsuki, Kanade, Mio, Nagi, Ren, Riku, Sayo, Shiori, Towa, Tsumugi
        """),
        artist_endings=("", *(f" {e}" for e in _listed("""
            Club, Radio, Quartet, Express, Band, no Oto, Gakudan
        """))),
    ),
}  # fmt: skip

# Genres whose songs are sung in one language; artists of all others draw theirs from MIX.
LANGUAGE_OF_GENRE: Final[Mapping[str, str]] = {
    "argentine rock": "es", "latin": "es", "salsa": "es", "spanish": "es", "tango": "es",
    "brazil": "pt", "forro": "pt", "mpb": "pt", "pagode": "pt", "samba": "pt", "sertanejo": "pt",
    "french": "fr",
    "german": "de",
    "anime": "ja", "classic city pop": "ja", "j-dance": "ja", "j-idol": "ja", "j-pop": "ja",
    "j-rock": "ja",
}  # fmt: skip
MIX: Final = (*["en"] * 8, "es", "es", "pt", "fr", "fr", "de", "de", "ja")
