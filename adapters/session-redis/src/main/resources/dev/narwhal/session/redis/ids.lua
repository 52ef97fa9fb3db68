-- ARGV: context.
local ids = {}
for _, number in ipairs(redis.call('ZRANGE', prefix .. 'expiries:' .. ARGV[1], 0, -1)) do
    local id = redis.call('HGET', prefix .. 'session:' .. number, 'id')
    if id then ids[#ids + 1] = id end
end
return ids
