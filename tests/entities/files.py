"""Small CSV files of names and ties, as the loader reads them."""

PLACES = (
    "key,kind,name_en,name_zh,region_en,region_zh,country,lat,lon,geonames_id,wikidata_id,"
    "aliases_en,aliases_zh\n"
    "zhanjiang,city,Zhanjiang,湛江,Guangdong,广东省,CN,21.2,110.4,1784990,Q59144,"
    "Fort Bayard,湛江市;广州灣\n"
    "atlantic-city,city,Atlantic City,大西洋城,New Jersey,新泽西州,US,39.4,-74.4,4500546,,,\n"
    "port-of-zhanjiang,port,Port of Zhanjiang,湛江港,Guangdong,广东省,CN,21.2,110.4,,,,\n"
)
PEOPLE = (
    "key,kind,name_en,name_zh,aliases_en,aliases_zh,description_en,description_zh,source_url,"
    "verified\n"
    "chen-lanbin,person,Chen Lanbin,陈兰彬,Ch'en Lan-pin,陳蘭彬;荔秋,"
    '"Qing official, born in Wuchuan.",清代官员。,https://example.org/chen,yes\n'
    "cpaffc,organisation,Friendship Association,友好协会,CPAFFC,,,,,no\n"
)
TIES = (
    "from_key,to_key,kind,since,source_url,evidence,confidence\n"
    "zhanjiang,atlantic-city,sister_city,2005-10,https://example.org/tie,"
    "The two cities signed in October.,medium\n"
    "zhanjiang,port-of-zhanjiang,friendly_exchange,2015,https://example.org/trip,"
    '"A visit (planned, not a formal tie).",high\n'
)
