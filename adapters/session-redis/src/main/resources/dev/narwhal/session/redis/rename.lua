-- ARGV: number, the new id.
local number, id = ARGV[1], ARGV[2]
local session = prefix .. 'session:' .. number
local meta = redis.call('HMGET', session, 'context', 'id', 'touched', 'max')
if not meta[1] then return 'gone' end
local owner = redis.call('GET', id_key(meta[1], id))
if owner and owner ~= number then return 'taken' end
redis.call('HSET', session, 'id', id)
if meta[2] ~= id then redis.call('DEL', id_key(meta[1], meta[2])) end
redis.call('SET', id_key(meta[1], id), number)
keep(number, meta[1], id, meta[3], meta[4])
return 'renamed'
