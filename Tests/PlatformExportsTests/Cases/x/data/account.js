window.YTD.account.part0 = [
  {
    "account" : {
      "username" : "ravaude",
      "accountId" : "900100",
      "accountDisplayName" : "La Ravaude"
    }
  }
]
