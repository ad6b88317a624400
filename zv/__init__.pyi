from agreements.errors import ZvError as Fehler
from agreements.model.record import Vereinbarung as Vereinbarung
from agreements.overview.overview import Row as Zeile
from zv.interface import Datensatz as Datensatz
from zv.interface import Lesung as Lesung
from zv.interface import Tabelle as Tabelle
from zv.interface import datensaetze as datensaetze
from zv.interface import drucke as drucke
from zv.interface import lies as lies
from zv.interface import tabelle as tabelle

__all__ = ("Datensatz", "Fehler", "Lesung", "Tabelle", "Vereinbarung", "Zeile", "datensaetze", "drucke", "lies", "tabelle")
