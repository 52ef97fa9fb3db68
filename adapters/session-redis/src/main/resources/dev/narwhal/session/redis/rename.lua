-- KEYS: session. ARGV: the new id, the prefix of ids.
local h = redis.call('HMGET', KEYS[1], 'context', 'key')
if not h[1] then return 'gone' end
local key = ARGV[2] .. #h[1] .. ':' .. h[1] .. ':' .. ARGV[1]
if redis.call('EXISTS', key) == 1 then return 'taken' end
if redis.call('EXISTS', h[2]) == 0 then return 'gone' end
redis.call('RENAME', h[2], key)
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'key', key)
return 'renamed'
