window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "id_str" : "1500000000000000001",
      "id" : "1500000000000000001",
      "full_text" : "Réparer &amp; partager : https://t.co/abc123 &lt;3 https://t.co/img456",
      "created_at" : "Sat Oct 03 14:00:00 +0000 2026",
      "lang" : "fr",
      "favorite_count" : "12",
      "entities" : {
        "urls" : [
          {
            "url" : "https://t.co/abc123",
            "expanded_url" : "https://laravaude.example/atelier?a=1&b=2",
            "indices" : [ "25", "44" ]
          }
        ],
        "media" : [ { "url" : "https://t.co/img456", "expanded_url" : "https://twitter.com/ravaude/status/1500000000000000001/photo/1" } ]
      }
    }
  },
  {
    "tweet" : {
      "id_str" : "1500000000000000002",
      "full_text" : "Et du café.",
      "created_at" : "Sat Oct 03 14:05:00 +0000 2026",
      "in_reply_to_status_id_str" : "1500000000000000001",
      "in_reply_to_user_id_str" : "900100",
      "lang" : "und"
    }
  },
  {
    "tweet" : {
      "id_str" : "1500000000000000003",
      "full_text" : "@jolyane_b Oui, jusqu’à samedi.",
      "created_at" : "Sun Oct 04 09:00:00 +0000 2026",
      "in_reply_to_status_id_str" : "1499999999999999999",
      "in_reply_to_user_id_str" : "777",
      "lang" : "fr"
    }
  },
  {
    "tweet" : {
      "id_str" : "1500000000000000004",
      "full_text" : "RT @filature: Portes ouvertes",
      "created_at" : "Mon Oct 05 09:00:00 +0000 2026"
    }
  },
  {
    "tweet" : {
      "id_str" : "1500000000000000005",
      "full_text" : "Sans date"
    }
  }
]
