#!/bin/bash
# Struts: actions, its tags in JSPs below WEB-INF, validation, orders and tokens in the session, languages, uploads, JSON, its own static files.
. "$(dirname "$0")/lib.sh"
get / 200; has 'Order what you like' 'name="token"'
for i in 1 2 3; do
  page /index.action 200; form 'form' "item=pen $i" "quantity=$i"; cp "$T/form" "$T/sent"; SENT=$ACT; submit 200; has "<li class=\"odd\">1 x pen 1</li>" "$i x pen $i"
done
# what was sent once is not taken again
ACT=$SENT; cp "$T/sent" "$T/form"; submit 409
page / 200; form 'form' 'item='; submit 200; has 'an item is needed' '3 x pen 3'
page / 200; form 'form' 'item=<i>' 'quantity=many'; submit 200; has 'Invalid field value for field' 'many'
page / 200; form 'form' 'item=<i> øl'; submit 200; has '1 x &lt;i&gt; &oslash;l'
get /orders.action 200; hdr content-type application/json; has '"orders":["1 x pen 1","2 x pen 2","3 x pen 3"'
get / 200 -H 'Accept-Language: de'; has 'Bestellen Sie, was Sie wollen'
head -c 70000 /dev/zero >"$T/big.bin"; head -c 1200000 /dev/zero >"$T/huge.bin"
post /upload.action 200 -F "files=@$T/big.bin;type=application/x-big"; has 'uploaded big.bin application/x-big 70000'
post /upload.action 200 -F "files=@$T/huge.bin"; has 'uploaded nothing' 'errorMessage'
get /static/utils.js 200; hdr content-type javascript; get /nosuch.css 404; get /WEB-INF/pages/order.jsp 404
finish
