# The service menu of a kiosk.

service-title = Servicemenü
service-close = Zurück zum Fernseher
service-diagnose = Diagnose
service-leave = tenfoot verlassen
service-shut = tenfoot lässt sich erst verlassen, wenn seine Konfiguration gelesen werden kann.
service-pin = PIN eingeben
service-pin-how = Mit den Ziffern der Fernbedienung oder mit den Pfeilen und OK.
service-type = Ziffern
service-delete = Löschen
service-wrong = Das war nicht die PIN. Der nächste Versuch ist in { $seconds } s möglich.
service-looking = Alles, wovon die Anmeldung abhängt, wird geprüft…
service-good = In Ordnung
service-weak = Warnung
service-bad = Fehler
service-skipped = Nicht geprüft
service-found = { $count ->
    [0] Alles ist in Ordnung.
    [one] { $count } Punkt braucht Aufmerksamkeit.
   *[other] { $count } Punkte brauchen Aufmerksamkeit.
}
