-- KEYS: the context's expiries. ARGV: prefix.
local ids = {}
for _, number in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    local id = redis.call('HGET', ARGV[1] .. 's:' .. number, 'id')
    if id then ids[#ids + 1] = id end
end
return ids
