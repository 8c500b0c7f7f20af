"""Files from outside, read with care: XML, ZIPs, and documents that are ZIPs of XML."""
