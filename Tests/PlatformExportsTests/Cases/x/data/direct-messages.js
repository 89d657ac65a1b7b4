window.YTD.direct_messages.part0 = [
  {
    "dmConversation" : {
      "conversationId" : "777-900100",
      "messages" : [
        { "messageCreate" : { "id" : "22", "senderId" : "900100", "recipientId" : "777", "text" : "Écrivez à atelier@laravaude.example : https://t.co/zzz", "createdAt" : "2026-10-07T12:00:30.123Z", "urls" : [ { "url" : "https://t.co/zzz", "expanded" : "https://laravaude.example/", "display" : "laravaude.example" } ] } },
        { "joinConversation" : { "initiatingUserId" : "777" } },
        { "messageCreate" : { "id" : "21", "senderId" : "777", "recipientId" : "900100", "text" : "Bonjour, mon numéro : 418 555-0134", "createdAt" : "2026-10-07T12:00:00.000Z" } }
      ]
    }
  }
]
