-- ARGV: now, in milliseconds. Forgets the sessions that Redis has removed by itself: their application is deployed nowhere.
for _, context in ipairs(redis.call('SMEMBERS', prefix .. 'contexts')) do
    redis.call('ZREMRANGEBYSCORE', prefix .. 'expiries:' .. context, '-inf', whole(tonumber(ARGV[1]) - GRACE))
    if redis.call('EXISTS', prefix .. 'expiries:' .. context) == 0 then
        redis.call('SREM', prefix .. 'contexts', context)
    end
end
return true
