window.YTD.deleted_tweets.part0 = [
  {
    "tweet" : {
      "id_str" : "1500000000000000006",
      "full_text" : "Une erreur d’heure.",
      "created_at" : "Tue Oct 06 09:00:00 +0000 2026",
      "deleted_at" : "Tue Oct 06 10:00:00 +0000 2026"
    }
  }
]
