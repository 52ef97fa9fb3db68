#!/bin/bash
# ZK: a page kept on the server as a component tree in the session; events by Ajax, its JavaScript out of JARs.
. "$(dirname "$0")/lib.sh"
get /index.zul 200; has 'zkmx(' 'none'
dt=$(printf %b "$(sub "dt:'([^']+)'")"); go=$(grep -oE "'zul.wgt.Button','[^']+'" "$B" | sed "s/.*,'//; s/'//"); inp=$(grep -oE "'zul.inp.Textbox','[^']+'" "$B" | sed "s/.*,'//; s/'//")
for i in 1 2 3; do
  post /zkau 200 -H "ZK-SID: $i" --data-urlencode "dtid=$dt" --data-urlencode cmd_0=onChange --data-urlencode "uuid_0=$inp" --data-urlencode 'data_0={"value":"text '$i'","start":6}' \
    --data-urlencode cmd_1=onClick --data-urlencode "uuid_1=$go" --data-urlencode 'data_1={"pageX":1,"pageY":1,"which":1,"x":1,"y":1}'
  has "clicked $i text $i"
done
get "/zkau/web/js/zk.wpd" 200; hdr content-type javascript
get /nosuch.zul 404
finish
